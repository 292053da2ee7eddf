package draft

import (
	"regexp"
	"strings"
)

// opposites are the words for a change and those for the other direction.
var opposites = map[string]string{
	"增加": "减少", "增长": "下降", "提高": "降低", "提升": "下降", "上升": "下降", "增幅": "降幅", "增": "减", "多": "少",
	"减少": "增加", "下降": "上升", "降低": "提高", "回落": "上升", "减": "增", "少": "多", "升": "降", "降": "升",
}

// turned takes the word before the number into the passage, for the change went
// the other way: 增加5件 is 减少3件 now.
func (r *Renewal) turned(text string) {
	from := wordBefore(text, r.Start, r.word)
	if from < 0 {
		r.Left = "方向相反，请改写这一句"
		return
	}
	said := strings.Replace(text[from:r.Start], r.word, r.turn, 1)
	number := text[r.Start:r.replacement.From] + r.replacement.With
	r.replacement.From, r.replacement.With = from, said+number
	r.New = blankless(said) + r.New
	r.widen(text, from)
}

// widen takes the words from there into what is shown as the number.
func (r *Renewal) widen(text string, from int) {
	if by := r.Start - from; by <= r.Mark {
		r.Start, r.Mark = from, r.Mark-by
		r.Number.Text = text[from:r.End]
	}
}

// wordBefore is where a word begins that stands before at, with or without 了
// between; -1 where it does not stand there in one.
func wordBefore(text string, at int, word string) int {
	lead := strings.TrimSuffix(strings.TrimRight(text[:at], " \u3000\u00a0\t"), "了")
	if !strings.HasSuffix(lead, word) {
		return -1
	}
	return len(lead) - len(word)
}

var comparison = regexp.MustCompile(`(?:(?:比|较|与)((?:上年|去年|上一年|(?:19|20)\d\d年)(?:同期)?)(?:相比)?|同比)[ \x{3000}]*$`)

var goesOn = regexp.MustCompile(`^[ \x{3000}]*[，、]?[ \x{3000}]*(?:增加|增长|增幅|提高|提升|上升|增|减少|下降|降低|降幅|回落|减)`)

// leveled makes 与上年持平 of 比上年增加5件, for there is no change now.
func (r *Renewal) leveled(text string) {
	from := wordBefore(text, r.Start, r.word)
	if from < 0 || goesOn.MatchString(text[r.End:]) {
		r.Left = "和上年持平，请改写这一句"
		return
	}
	at := comparison.FindStringSubmatchIndex(text[max(0, from-reach):from])
	if at == nil {
		r.Left = "和上年持平，请改写这一句"
		return
	}
	lead := text[max(0, from-reach):from]
	with := "同比持平"
	if at[2] >= 0 {
		with = "与" + lead[at[2]:at[3]] + "持平"
	}
	r.replacement, r.New = Replacement{From: from - len(lead) + at[0], To: r.End, With: with}, with
	r.widen(text, r.replacement.From)
}
