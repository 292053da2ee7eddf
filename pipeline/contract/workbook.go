package contract

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"workreport/pipeline/source"
)

// mergedIn answers, for rows asked in their order, which merged cells touch them.
func mergedIn(all []source.Area) func(row int) []source.Area {
	if len(all) == 0 {
		return func(int) []source.Area { return nil }
	}
	waiting := slices.SortedFunc(slices.Values(all), func(a, b source.Area) int { return a.Rows.First - b.Rows.First })
	var open []source.Area
	return func(row int) []source.Area {
		for len(waiting) > 0 && waiting[0].Rows.First <= row {
			open, waiting = append(open, waiting[0]), waiting[1:]
		}
		open = slices.DeleteFunc(open, func(a source.Area) bool { return a.Rows.Last < row })
		return open
	}
}

// mergedWith is the row that holds the value of a cell which is merged into
// another; 0 for a cell with a value of its own.
func mergedWith(merged []source.Area, column, row int) int {
	for _, a := range merged {
		if column >= a.Left && column <= a.Right && !(column == a.Left && row == a.Rows.First) {
			return a.Rows.First
		}
	}
	return 0
}

// daysTo1904 is how many days the count from 1904 is behind that from 1900.
const daysTo1904 = 1462

// since1900 turns a day number that counts from 1904 into one that counts from 1900.
func since1900(cell string) string {
	n, err := strconv.Atoi(strings.TrimSuffix(trim(cell), ".0"))
	if err != nil || n < firstSerial-daysTo1904 || n > lastSerial {
		return cell
	}
	return strconv.Itoa(n + daysTo1904)
}

// sayHidden says what a person does not see in Excel, and was read all the same.
func (r *Reading) sayHidden() {
	if r.Sheet.Hidden {
		r.say(Problem{Severity: Warn, Rule: "这张表是隐藏的，一并读入了", Remedy: "不该计入的请删去或移出"})
	}
	rows := 0
	var places []string
	for _, s := range r.Sheet.Count.Hidden {
		if s.First > r.Sheet.Count.Rows {
			break // below the last row with something in it
		}
		s.Last = min(s.Last, r.Sheet.Count.Rows)
		rows += s.Last - s.First + 1
		if len(places) < 10 {
			places = append(places, span(s))
		}
	}
	if len(places) > 0 {
		r.say(Problem{Severity: Warn, Row: r.Sheet.Count.Hidden[0].First,
			Rule: fmt.Sprintf("有隐藏的行（%s，共 %d 行），一并读入了", strings.Join(places, "、"), rows), Remedy: "不该计入的请删去"})
	}
}

func span(s source.Span) string {
	if s.First == s.Last {
		return fmt.Sprintf("第%d行", s.First)
	}
	return fmt.Sprintf("第%d至%d行", s.First, s.Last)
}
