package source

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// maxRows is how many rows a worksheet may have.
const maxRows = 1_048_576

// maxMerged is how many merged cells a worksheet may have.
const maxMerged = 100_000

// tally counts the rows of a worksheet by its tags alone, and finds the hidden
// rows and the merged cells.
type tally struct {
	count   Count
	row     int
	filled  bool // the row has something in it
	value   bool // within v, or t of is
	cell    struct{ formula, value, text, str bool }
	phonics bool
}

func (w worksheet) count() (Count, error) {
	part, err := w.in.open(w.part)
	if err != nil {
		return Count{}, err
	}
	defer part.Close()
	var t tally
	in := bufio.NewReaderSize(&guard{r: part}, 1<<16)
	for {
		text, err := through(in, '<')
		if t.value && len(text) > 1 {
			t.cell.text = true
		}
		if err == io.EOF {
			return t.count, nil
		}
		if err != nil {
			return Count{}, broken(err)
		}
		tag, err := through(in, '>')
		if err != nil {
			return Count{}, broken(errors.Join(err, io.ErrUnexpectedEOF))
		}
		if err := t.tag(tag[:len(tag)-1]); err != nil {
			return Count{}, err
		}
	}
}

// through reads up to a byte and with it; of a text longer than the buffer, only
// the last part.
func through(in *bufio.Reader, end byte) ([]byte, error) {
	for {
		text, err := in.ReadSlice(end)
		if err != bufio.ErrBufferFull {
			return text, err
		}
	}
}

// tag takes account of one tag, without its angle brackets.
func (t *tally) tag(tag []byte) error {
	closing := bytes.HasPrefix(tag, []byte("/"))
	alone := bytes.HasSuffix(tag, []byte("/"))
	name := bytes.TrimPrefix(tag, []byte("/"))
	if end := bytes.IndexAny(name, " \t\r\n/"); end >= 0 {
		name = name[:end]
	}
	if colon := bytes.IndexByte(name, ':'); colon >= 0 {
		name = name[colon+1:]
	}
	switch string(name) {
	case "row":
		if closing || alone {
			if t.filled {
				t.count.Rows, t.count.Filled = t.row, t.count.Filled+1
			}
			t.filled = false
		}
		if !closing {
			return t.begin(tag)
		}
	case "c":
		if closing {
			t.filled = t.filled || t.cell.text || t.cell.formula && !(t.cell.str && t.cell.value)
		} else {
			t.cell = struct{ formula, value, text, str bool }{str: string(value(tag, "t")) == "str"}
		}
	case "f":
		t.cell.formula = true
	case "v":
		t.cell.value = true
		t.value = !closing && !alone
	case "t":
		t.value = !closing && !alone && !t.phonics
	case "rPh":
		t.phonics = !closing
	case "mergeCell":
		if !closing {
			t.merge(value(tag, "ref"))
		}
		if len(t.count.Merged) > maxMerged {
			return errors.New("合并的单元格太多，读不了；请取消合并后再存")
		}
	}
	return nil
}

func (t *tally) begin(tag []byte) error {
	next := t.row + 1
	if r := value(tag, "r"); len(r) > 0 {
		n, err := strconv.Atoi(string(r))
		if err != nil || n <= t.row || n > maxRows {
			return fmt.Errorf("第%d行之后的行号 %q 不对，文件可能坏了；请在 Excel 或 WPS 里打开后另存为 .xlsx", t.row, r)
		}
		next = n
	}
	t.row = next
	if hidden := string(value(tag, "hidden")); hidden == "1" || hidden == "true" {
		if n := len(t.count.Hidden); n > 0 && t.count.Hidden[n-1].Last == next-1 {
			t.count.Hidden[n-1].Last = next
		} else {
			t.count.Hidden = append(t.count.Hidden, Span{next, next})
		}
	}
	return nil
}

// value is the value of a tag's attribute, nil where it has none.
func value(tag []byte, name string) []byte {
	for _, quote := range []string{`"`, `'`} {
		for _, blank := range []string{" ", "\n", "\t"} {
			_, rest, found := bytes.Cut(tag, []byte(blank+name+"="+quote))
			if found {
				text, _, _ := bytes.Cut(rest, []byte(quote))
				return text
			}
		}
	}
	return nil
}

// merge notes cells that are merged into one: A1:C3.
func (t *tally) merge(ref []byte) {
	from, to, ok := bytes.Cut(ref, []byte(":"))
	first, err := strconv.Atoi(string(bytes.TrimLeft(from, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")))
	last, fault := strconv.Atoi(string(bytes.TrimLeft(to, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")))
	if ok && err == nil && fault == nil {
		t.count.Merged = append(t.count.Merged, Area{Span{first, last}, columnOf(string(from)), columnOf(string(to))})
	}
}
