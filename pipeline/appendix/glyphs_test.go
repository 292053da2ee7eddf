package appendix

import (
	"strings"
	"testing"
)

// 犇 and 䶮 are not in GB 2312, 𠮷 is beyond the first plane; 政, ① and 〔 are in it.
func TestRareCharactersAreSetInAFontThatHasThem(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"政协①〔2022〕15号—“委”", `政协①〔2022〕15号—“委”`},
		{"王犇", `王|犇 宋体`},
		{"ⅰ级︵ǹ", "ⅰ 宋体|级|︵ǹ 宋体"}, // which GBK added
		{"𠮷林䶮", `𠮷 SimSun-ExtB|林|䶮 宋体`},
	} {
		var got []string
		for _, part := range byFont(c.text) {
			text := part.text
			if part.font != "" {
				text += " " + strings.Split(part.font, `"`)[1]
			}
			got = append(got, text)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	d := sample()
	d.Figures[0].Spec.Title, d.Edition.Notice = "犇村䶮村", "𠮷"
	if got := string(Unusual(d)); got != "𠮷犇䶮" {
		t.Errorf("unusual are %q", got)
	}
	if got := string(Unusual(sample())); got != "" {
		t.Errorf("the sample has %q", got)
	}
}

func TestLinesOf(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64
		lines int
	}{
		{"", 100, 1},
		{"政协委员提案", 60, 1},     // six of 10 points
		{"政协委员提案", 59, 2},     //
		{"政协委员提案，", 60, 2},    // no line begins with ，: 案， goes down
		{"提案2021年", 50, 2},    // 2021 stays whole: 20 + 24 points, then 年
		{"一\n二\n", 60, 3},     // lines that are asked for
		{"长长长长长长长长长长", 20, 5}, // two a line
	} {
		if got := linesOf(c.text, c.width, 10); got != c.lines {
			t.Errorf("%q on %.0f points: %d lines, want %d", c.text, c.width, got, c.lines)
		}
	}
}

// 见表N and 见图N become references; other words do not.
func TestReferring(t *testing.T) {
	got := referring("数据和口径见表12。来源：表3")
	if strings.Count(got, "REF ") != 1 || !strings.Contains(got, `REF _RefTable12 \h`) || !strings.Contains(got, "来源：表3") {
		t.Error(got)
	}
}
