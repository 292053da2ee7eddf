package charts

import (
	"slices"
	"testing"
)

// TestPlans: what a picture draws is what its plan says.
func TestPlans(t *testing.T) {
	for _, made := range samples(t) {
		p := PlanOf(made)
		kind := made.Spec.Chart.Kind
		if p.Kind != kind || len(p.Rows) != made.Len() {
			t.Errorf("%s: %+v", kind, p)
		}
		if want := map[string]int{"column": 2, "line": 2, "stack": 2}[kind]; len(p.Series) != max(1, want) {
			t.Errorf("%s has %d series", kind, len(p.Series))
		}
		if colored := kind == "donut" || kind == "funnel"; colored != (len(p.Colors) == made.Len()) {
			t.Errorf("%s: colours of the rows %v", kind, p.Colors)
		}
	}
}

// TestPlanOfBars: the longest first; columns whose names have no room are bars
// in the order of the table.
func TestPlanOfBars(t *testing.T) {
	ranks := PlanOf(table(t, "bar", texts("k", "类别", "甲", "乙", "丙"), integers("n", "件数", "3", "", "9")))
	if !slices.Equal(ranks.Rows, []int{2, 0, 1}) {
		t.Errorf("rows %v", ranks.Rows)
	}
	var names, values []string
	for range 20 {
		names, values = append(names, "新的社会阶层人士"), append(values, "12")
	}
	long := PlanOf(table(t, "column", texts("sector", "界别", names...), integers("n", "2021年", values...)))
	if long.Kind != "bar" || !slices.IsSorted(long.Rows) {
		t.Errorf("%s, rows %v", long.Kind, long.Rows)
	}
}

// TestPlanOfLabels: of a line this year's points, of a stack the layers with room.
func TestPlanOfLabels(t *testing.T) {
	line, stack := PlanOf(samples(t)[2]), PlanOf(samples(t)[3])
	if !line.Series[0].Labels[0] || line.Series[1].Labels[0] {
		t.Errorf("line: %v", line.Series)
	}
	if !stack.Series[0].Labels[0] || stack.Series[0].Labels[2] { // 86 of 117, and no value
		t.Errorf("stack: %v", stack.Series)
	}
}
