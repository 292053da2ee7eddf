package sample

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"
)

// builder gathers the rows of a year, set by set. Chance comes from dice alone, whose seed is the year.
type builder struct {
	year   int
	opened time.Time // first day of the session whose proposals the year counts
	cutOff time.Time
	want   targets
	dice   *rand.Rand
	rows   map[string][][]string
	last   map[string]int // the last number given under a prefix

	members []member // in office
}

// build makes the rows of every set. The order matters: later sets refer to earlier ones.
func build(year int) map[string][][]string {
	b := &builder{
		year: year, opened: sessionDay(year), cutOff: cutOff(year), want: targetsOf(year),
		dice: rand.New(rand.NewPCG(uint64(year), 20)),
		rows: map[string][][]string{}, last: map[string]int{},
	}
	b.addUnits()
	b.addMembers()
	b.addMeetings()
	b.addStudy()
	b.addDutyLists()
	b.addConsultations()
	b.addDocuments()
	b.addSurveys()
	b.addProposals()
	b.addBriefs()
	b.addAssistance()
	b.addService()
	b.addSpeeches()
	b.addExchanges()
	b.addHistory()
	b.addArticles()
	b.addSystems()
	b.addTrainings()
	b.addAppointments()
	b.addHonours()
	return b.rows
}

// add appends a row; the values stand in the order of the set's columns.
func (b *builder) add(set string, values ...any) {
	if want := len(setNamed(set).columns); len(values) != want {
		panic(fmt.Sprintf("%s: %d values for %d columns", set, len(values), want))
	}
	row := make([]string, len(values))
	for i, v := range values {
		row[i] = text(v)
	}
	b.rows[set] = append(b.rows[set], row)
}

func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case bool:
		if v {
			return "是"
		}
		return "否"
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return v.Format(time.DateOnly)
	}
	panic(fmt.Sprintf("no text for %T", v))
}

// number gives the next number under a prefix: HY001, HY002, …
func (b *builder) number(prefix string) string {
	b.last[prefix]++
	return fmt.Sprintf("%s%03d", prefix, b.last[prefix])
}

// on is a day of the year; month 0 is December before it, month 13 January after it.
func (b *builder) on(month time.Month, d int) time.Time { return day(b.year, month, d) }

// A season weighs the months, January first.
type season [12]int

var (
	steady = season{7, 3, 8, 8, 8, 9, 8, 8, 9, 7, 9, 8}
	autumn = season{2, 1, 4, 3, 5, 8, 9, 10, 12, 11, 8, 4}
	warm   = season{1, 1, 5, 8, 10, 14, 12, 9, 10, 9, 6, 3}
)

// days gives n working days from first to last in their order, spread as the season weighs the months.
func (b *builder) days(n int, first, last time.Time, s season) []time.Time {
	var pool []time.Time
	for d := first; !d.After(last); d = d.AddDate(0, 0, 1) {
		if d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
			continue
		}
		for range s[d.Month()-1] {
			pool = append(pool, d)
		}
	}
	out := make([]time.Time, n)
	for i := range out {
		low, high := i*len(pool)/n, (i+1)*len(pool)/n
		out[i] = pool[low+b.dice.IntN(max(high-low, 1))]
	}
	return out
}

func (b *builder) yearDays(n int, s season) []time.Time {
	return b.days(n, b.on(1, 4), b.on(12, 30), s)
}

// workday is the day itself, or the Monday after it.
func workday(d time.Time) time.Time {
	switch d.Weekday() {
	case time.Saturday:
		return d.AddDate(0, 0, 2)
	case time.Sunday:
		return d.AddDate(0, 0, 1)
	}
	return d
}

// nth tells whether the i-th of total is one of n taken at even distances.
func nth(i, n, total int) bool { return i*n/total != (i+1)*n/total }

// split cuts a total into n uneven parts of at least 1.
func (b *builder) split(total, n int) []int {
	weights := make([]int, n)
	sum := 0
	for i := range weights {
		weights[i] = 6 + b.dice.IntN(9)
		sum += weights[i]
	}
	parts := make([]int, n)
	rest := total - n
	for i, w := range weights {
		parts[i] = 1 + (total-n)*w/sum
		rest -= parts[i] - 1
	}
	for i := range rest {
		parts[i%n]++
	}
	return parts
}

// between is a number from low to high, both included.
func (b *builder) between(low, high int) int { return low + b.dice.IntN(high-low+1) }

// pick takes n members of a pool in the order of the pool.
func (b *builder) pick(pool []member, n int) []member {
	chosen := b.dice.Perm(len(pool))[:n]
	slices.Sort(chosen)
	out := make([]member, n)
	for i, c := range chosen {
		out[i] = pool[c]
	}
	return out
}

// roll calls present members and absent ones of a pool, each with what the roll says of them.
func (b *builder) roll(pool []member, present, absent int, say func(m member, attendance string)) {
	called := b.pick(pool, present+absent)
	away := b.dice.Perm(len(called))[:absent]
	for i, m := range called {
		switch at := slices.Index(away, i); {
		case at < 0:
			say(m, "到会")
		case at%4 == 3:
			say(m, "缺席")
		default:
			say(m, "请假")
		}
	}
}

// turn takes from a list by turns.
func turn[T any](list []T, i int) T { return list[i%len(list)] }
