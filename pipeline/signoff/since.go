package signoff

import (
	"fmt"
	"slices"

	"workreport/pipeline/edition"
	"workreport/pipeline/journal"
)

// Since is the edition that the causes of a refresh are told from, and the words
// about it for Sheet.Since: the one that was named, else the one that the draft
// last agreed with where it is still kept, else the one before that which the
// figures come from. With ok false there is none to compare with, and the words
// say why. The error is that of an edition that was named and is not there.
func Since(out string, year int, against edition.Edition, named string, last journal.Checked, known bool) (from edition.Edition, words string, ok bool, err error) {
	if against.Name == "" {
		return from, "按现在的记录，不是已发布的一期，没有比较", false, nil
	}
	if named != "" {
		if from, ok, err = edition.Find(out, year, named); err != nil {
			return from, "", false, err
		}
		if !ok {
			return from, "", false, fmt.Errorf("%d 年没有“%s”这一期", year, named)
		}
		from, words, ok = compared(from, against, "从指定的一期算起", "指定的就是这一期")
		return from, words, ok, nil
	}
	all, err := edition.List(out, year)
	if err != nil {
		return from, "", false, err
	}
	why := "没有这份稿子核对无误的记录"
	if known {
		if at := find(all, last.Edition); at >= 0 {
			from, words, ok = compared(all[at], against, "从上次核对无误的一期算起", "和上次核对时是同一期")
			return from, words, ok, nil
		}
		why = fmt.Sprintf("上次核对无误的一期（%s）已经不在", last.Edition)
	}
	if at := find(all, against.Manifest.Previous); at >= 0 {
		from, words, ok = compared(all[at], against, why+"，从上一期算起", why)
		return from, words, ok, nil
	}
	return from, why + "，也没有上一期可比", false, nil
}

func find(all []edition.Edition, name string) int {
	return slices.IndexFunc(all, func(e edition.Edition) bool { return e.Name == name })
}

// compared is an edition to compare with and the words for it, unless it is the
// same or either was altered since it was published.
func compared(from, against edition.Edition, words, same string) (edition.Edition, string, bool) {
	if from.Name == against.Name {
		return edition.Edition{}, same, false
	}
	for _, e := range []edition.Edition{from, against} {
		if len(e.Altered()) > 0 {
			return edition.Edition{}, fmt.Sprintf("%s发布以后被改动了，没有比较", titled(e)), false
		}
	}
	return from, words + "：" + titled(from), true
}

func titled(e edition.Edition) string {
	return fmt.Sprintf("%d年第%d期（数字编号 %s）", e.Manifest.Year, e.Manifest.Number, edition.Short(e.Manifest.Digest))
}
