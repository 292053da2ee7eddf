package change

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCauses has figures moved by records of each kind, by others' records, by no
// record, new, and not moved at all.
func TestCauses(t *testing.T) {
	c := Changes{From: Ref{Name: "then", Year: 2021, Number: 3}, To: Ref{Name: "now", Year: 2021, Number: 4},
		Records: []Record{
			{Year: 2021, Title: "提案", How: Added, Key: "七届一次，900", File: "proposals.csv", Row: 256, Fields: []Field{{Title: "案号", New: "900"}}},
			{Year: 2021, Title: "会议", How: Gone, Key: "HY1", File: "meetings.xlsx", Sheet: "会议", Row: 7},
			{Year: 2020, Title: "帮扶资金", How: Altered, Key: "ZJ\x1b8", File: "funds.csv", Row: 9, OldFile: "funds.csv", OldRow: 8,
				Fields: []Field{{Title: "金额（元）", Old: "1.00", New: "2.00"}, {Title: "备注", New: "补"}}},
		},
		Figures: []Figure{
			{ID: "records", How: Altered, Because: []Because{{Records: []int{0, 1, 2}}}},
			{ID: "others", How: Altered, Because: []Because{{Records: []int{0}, Words: "由关联的记录引起"}, {Words: "定义改了"}}},
			{ID: "fresh", How: Added},
		}}
	var got strings.Builder
	for _, id := range []string{"records", "others", "fresh", "still"} {
		got.WriteString(id + "\n")
		for _, line := range c.Causes(id) {
			got.WriteString("  " + line + "\n")
		}
	}
	golden := filepath.Join("testdata", "causes.golden")
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(golden); err != nil || got.String() != string(want) {
		t.Errorf("%v, got\n%s", err, got.String())
	}
	if lines := (Changes{}).Causes("records"); lines != nil {
		t.Errorf("causes where nothing was compared: %v", lines)
	}
}
