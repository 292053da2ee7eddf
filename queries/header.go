package queries

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// reader takes the header lines of a file one key after the other and keeps the
// first fault; what is left at the end is unknown.
type reader struct {
	file
	taken []int
	err   error
}

func (r *reader) say(err error) {
	if r.err == nil {
		r.err = err
	}
}

// all are the lines of a key.
func (r *reader) all(key string) []line {
	var found []line
	for _, l := range r.header {
		if l.key == key {
			found = append(found, l)
			r.taken = append(r.taken, l.number)
		}
	}
	return found
}

// optional is the only line of a key; its number is 0 where there is none.
func (r *reader) optional(key string) line {
	found := r.all(key)
	if len(found) == 0 {
		return line{key: key}
	}
	if len(found) > 1 {
		r.say(r.fault(found[1].number, "“%s:”写了两次", key))
	}
	return found[0]
}

func (r *reader) required(key string) line {
	l := r.optional(key)
	if l.number == 0 {
		r.say(r.fault(1, "文件头缺“-- %s: …”", key))
	}
	return l
}

func (r *reader) integer(key string) int {
	l := r.required(key)
	n, err := strconv.Atoi(l.value)
	if err != nil && l.number > 0 {
		r.say(r.fault(l.number, "“%s:”应是整数，不是 %q", key, l.value))
	}
	return n
}

func (r *reader) words(key string) []string { return strings.Fields(r.optional(key).value) }

// yes tells whether a key is there; its value must be yes.
func (r *reader) yes(key string) bool {
	l := r.optional(key)
	if l.number > 0 && l.value != "yes" {
		r.say(r.fault(l.number, "“%s:”只能是 yes", key))
	}
	return l.number > 0
}

// done is the first fault: of a key, an unknown key, or a body that is missing or not allowed.
func (r *reader) done(kind string, body bool) error {
	if r.kind != kind {
		return r.fault(1, "第一行应是“-- %s: %s”", kind, r.id)
	}
	for _, l := range r.header {
		if !slices.Contains(r.taken, l.number) {
			r.say(r.fault(l.number, "不认识的键“%s:”", l.key))
		}
	}
	if body && r.sql == "" {
		r.say(r.fault(r.first, "缺查询正文（SELECT …）"))
	}
	if !body && r.sql != "" {
		r.say(r.fault(r.first, "比率由两个数字相除，不能再有查询正文"))
	}
	return r.err
}

var ratio = regexp.MustCompile(`^([a-z][a-z0-9_]*) / ([a-z][a-z0-9_]*)$`)

func figure(f file) (Figure, error) {
	r := &reader{file: f}
	value := r.required("value")
	figure := Figure{
		ID: f.id, Title: r.required("title").value, Section: r.required("section").value, Order: r.integer("order"),
		Value: value.value, ValueLine: value.number, Unit: r.required("unit").value,
		Basis: r.optional("basis").value, Highlight: r.yes("highlight"), Note: r.optional("note").value,
		SQL: f.sql, File: f.name, Line: f.first,
	}
	if parts := ratio.FindStringSubmatch(value.value); parts != nil {
		figure.Value, figure.Numerator, figure.Denominator = "", parts[1], parts[2]
	}
	figure.Quote = r.quote(figure.Unit)
	for _, l := range r.all("says") {
		_, after, _ := strings.Cut(l.value, "{}")
		switch {
		case strings.Count(l.value, "{}") != 1:
			r.say(r.fault(l.number, "“says:”里要有且只有一个 {}，数字写在那里"))
		case figure.Quote.Hedge != "rank" && !strings.HasPrefix(after, figure.Unit):
			r.say(r.fault(l.number, "“says:”里 {} 后面应是单位“%s”", figure.Unit))
		}
		figure.Says = append(figure.Says, l.value)
	}
	figure.Claim, figure.AtLeast = r.claim()
	uses := 0
	for _, use := range []bool{len(figure.Says) > 0, figure.Claim != "", figure.Basis != ""} {
		if use {
			uses++
		}
	}
	if uses != 1 {
		r.say(r.fault(1, "“says:”（报告引用）、“claim:”（报告隐含）、“basis:”（只作基础）三者写且只写一种"))
	}
	return figure, r.done("figure", figure.Numerator == "")
}

// quote reads "余 10", "多 10", "rank" or "rank 全市"; without the line a value is written exactly.
func (r *reader) quote(unit string) Quote {
	l := r.optional("quote")
	words := strings.Fields(l.value)
	switch {
	case l.number == 0:
		return Quote{}
	case words[0] == "rank" && len(words) <= 2:
		return Quote{Hedge: "rank", Scope: strings.Join(words[1:], "")}
	case (words[0] == "余" || words[0] == "多") && len(words) == 2 && unit != "%":
		place, err := strconv.ParseInt(words[1], 10, 64)
		if err == nil && place >= 10 && strings.Trim(words[1], "0") == "1" {
			return Quote{Hedge: words[0], Place: place}
		}
	}
	r.say(r.fault(l.number, "“quote:”应是“余 10”“多 100”（写到哪一位：10、100、1000…）或“rank”“rank 全市”"))
	return Quote{}
}

// claim reads the words of an implicit figure and, from at_least, what makes them true.
func (r *reader) claim() (string, int64) {
	words := r.optional("claim").value
	least := r.optional("at_least")
	if (words == "") != (least.number == 0) {
		r.say(r.fault(max(least.number, 1), "“claim:”和“at_least:”要同时写"))
		return words, 0
	}
	if words == "" {
		return "", 0
	}
	n, err := strconv.ParseInt(least.value, 10, 64)
	if err != nil {
		r.say(r.fault(least.number, "“at_least:”应是整数，不是 %q", least.value))
	}
	return words, n
}

func table(f file) (Table, error) {
	r := &reader{file: f}
	table := Table{
		ID: f.id, Title: r.required("title").value, Section: r.required("section").value, Order: r.integer("order"),
		Unit: r.required("unit").value, Columns: r.columns(), Key: strings.Fields(r.required("key").value), Total: r.words("total"),
		Note: r.optional("note").value, SQL: f.sql, File: f.name, Line: f.first,
	}
	compare := r.optional("compare")
	if table.Compare = compare.value == "last"; compare.number > 0 && !table.Compare {
		r.say(r.fault(compare.number, "“compare:”只能是 last（与上年比）"))
	}
	table.Chart = r.chart(table)
	r.records(&table)
	for _, name := range slices.Concat(table.Key, table.Total) {
		if c, ok := table.Column(name); !ok || c.Format == Ratio || c.Format == Share {
			r.say(r.fault(1, "“key:”“total:”里的 %s 不是查询给出的列", name))
		}
	}
	return table, r.done("table", true)
}

var usesRecords = regexp.MustCompile(`\brecords\b`)

// records reads the SELECT of the rows behind the table, which the body counts,
// and the columns that add up to how many there are.
func (r *reader) records(t *Table) {
	l := r.optional("records")
	t.Records, t.RecordsLine, t.Counts = l.value, l.number, r.words("counts")
	switch {
	case l.number == 0 && (t.Chart != nil || len(t.Counts) > 0):
		r.say(r.fault(1, "有图的表、写了“counts:”的表要写“-- records: SELECT …”，给出表背后的记录"))
	case l.number > 0 && !usesRecords.MatchString(t.SQL):
		r.say(r.fault(r.first, "查询正文应从 records（“records:”给出的记录）中统计"))
	case strings.Contains(l.value, ";"):
		r.say(r.fault(l.number, "查询里不能有分号，“records:”只写一条 SELECT"))
	}
	for _, name := range t.Counts {
		if c, ok := t.Column(name); !ok || c.Format != Integer {
			r.say(r.fault(1, "“counts:”里的 %s 不是整数列", name))
		}
	}
}

// Column finds a column by its name.
func (t Table) Column(name string) (Column, bool) {
	i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == name })
	if i < 0 {
		return Column{}, false
	}
	return t.Columns[i], true
}

// columns reads "name 标题 format unit"; a ratio is "rate 办复率 ratio replied/filed",
// a share "part 占比 share filed".
func (r *reader) columns() []Column {
	var columns []Column
	known := map[string]Format{}
	for _, l := range r.all("column") {
		words := strings.Fields(l.value)
		if len(words) < 3 || len(words) > 4 {
			r.say(r.fault(l.number, "“column:”应是“列名 标题 格式 单位”"))
			continue
		}
		c := Column{Name: words[0], Title: words[1], Format: Format(words[2])}
		rest := strings.Join(words[3:], "")
		switch c.Format {
		case Text, Date, Integer, Money:
			c.Unit = rest
		case Ratio:
			c.Numerator, c.Denominator, _ = strings.Cut(rest, "/")
			c.Unit = "%"
		case Share:
			c.Numerator, c.Denominator, c.Unit = rest, rest, "%"
		default:
			r.say(r.fault(l.number, "列的格式 %q 不认识，可用 text、integer、money、date、ratio、share", words[2]))
		}
		if c.Format == Ratio || c.Format == Share {
			for _, part := range []string{c.Numerator, c.Denominator} {
				if known[part] != Integer && known[part] != Money {
					r.say(r.fault(l.number, "%s 用到的 %q 应是前面的整数或金额列", c.Name, part))
				}
			}
		}
		if _, twice := known[c.Name]; twice {
			r.say(r.fault(l.number, "列 %s 写了两次", c.Name))
		}
		known[c.Name] = c.Format
		columns = append(columns, c)
	}
	if len(columns) == 0 {
		r.say(r.fault(1, "文件头缺“-- column: …”"))
	}
	return columns
}

// chart reads "kind x y [y…]".
func (r *reader) chart(t Table) *Chart {
	l := r.optional("chart")
	if l.number == 0 {
		return nil
	}
	words := strings.Fields(l.value)
	if len(words) < 3 || !slices.Contains(ChartKinds, words[0]) {
		r.say(r.fault(l.number, "“chart:”应是“图型 横轴列 数值列…”，图型可用 %s", strings.Join(ChartKinds, "、")))
		return nil
	}
	for i, name := range words[1:] {
		c, ok := t.Column(name)
		if !ok || i > 0 && (c.Format == Text || c.Format == Date) {
			r.say(r.fault(l.number, "图用到的列 %q 没有声明，或不是数值", name))
		}
	}
	first, _ := t.Column(words[2])
	for _, name := range words[3:] {
		if c, _ := t.Column(name); c.Unit != first.Unit {
			r.say(r.fault(l.number, "图用到的列 %s 和 %s 单位不同，不能画在一条轴上", words[2], name))
		}
	}
	return &Chart{Kind: words[0], X: words[1], Y: words[2:]}
}

func check(f file) (Check, error) {
	r := &reader{file: f}
	severity := r.required("severity")
	if severity.number > 0 && severity.value != "reject" && severity.value != "warn" {
		r.say(f.fault(severity.number, "“severity:”只能是 reject（拒收）或 warn（提醒）"))
	}
	return Check{
		ID: f.id, Title: r.required("title").value, Section: r.optional("section").value, Order: r.integer("order"),
		Severity: severity.value, Claim: r.optional("claim").value, Expect: r.required("expect").value,
		Note: r.optional("note").value, SQL: f.sql, File: f.name, Line: f.first,
	}, r.done("check", true)
}

func view(f file) (View, error) {
	r := &reader{file: f}
	r.required("title")
	return View{ID: f.id, SQL: f.sql, File: f.name, Line: f.first}, r.done("view", true)
}
