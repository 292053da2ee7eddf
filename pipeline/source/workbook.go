package source

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"
)

// Limits of what a workbook may unpack to, in bytes.
const (
	maxParts    = 5000
	maxPart     = 2 << 30
	maxUnpacked = 4 << 30
	maxSmall    = 16 << 20  // parts read at once
	maxStrings  = 256 << 20 // the texts that cells share
	maxShared   = 5_000_000 // how many of them
)

// parts are the parts of a workbook by their names.
type parts map[string]*zip.File

func (b *Book) openWorkbook(file io.ReaderAt, size int64) error {
	in, err := unpack(file, size)
	if err != nil {
		return err
	}
	main, rels := "xl/workbook.xml", relations{}
	if err := in.decode("_rels/.rels", &rels); err != nil {
		return err
	}
	if target := rels.first("/officeDocument"); target != "" {
		main = strings.TrimPrefix(target, "/")
	}
	var declared struct {
		Properties struct {
			Days1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := in.decode(main, &declared); err != nil {
		return err
	}
	targets := relations{}
	if err := in.decode(path.Join(path.Dir(main), "_rels", path.Base(main)+".rels"), &targets); err != nil {
		return err
	}
	shared := &sharedTexts{in: in}
	if target := targets.first("/sharedStrings"); target != "" {
		shared.part = resolve(main, target)
	}
	for _, d := range declared.Sheets {
		target, kind := targets.byID(d.ID)
		if !strings.HasSuffix(kind, "/worksheet") {
			continue // a sheet with nothing but a chart
		}
		w := worksheet{in: in, part: resolve(main, target), shared: shared}
		s := Sheet{File: b.File, Name: d.Name, Format: "工作簿", Hidden: d.State == "hidden" || d.State == "veryHidden",
			Days1904: declared.Properties.Days1904 == "1" || declared.Properties.Days1904 == "true", rows: w.rows}
		if s.Count, err = w.count(); err != nil {
			return fmt.Errorf("表【%s】：%w", d.Name, err)
		}
		if s.Count.Filled > 0 {
			b.Sheets = append(b.Sheets, s)
		}
	}
	if len(b.Sheets) == 0 {
		return errors.New("工作簿里没有一张有内容的表，请补上表头")
	}
	return nil
}

func unpack(file io.ReaderAt, size int64) (parts, error) {
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return nil, errors.New("不完整；请在 Excel 或 WPS 里打开后另存为 .xlsx")
	}
	var all uint64
	in := parts{}
	for _, part := range archive.File {
		all += part.UncompressedSize64
		in[part.Name] = part
		if part.UncompressedSize64 > maxPart || all > maxUnpacked || len(in) > maxParts {
			return nil, errors.New("展开后大得不像工作簿，不读；请在 Excel 或 WPS 里打开，另存为 .xlsx")
		}
	}
	return in, nil
}

// open opens a part; reading beyond the limit is an error.
func (in parts) open(name string) (io.ReadCloser, error) {
	part, ok := in[name]
	if !ok {
		return nil, fmt.Errorf("缺少 %s，不完整；请在 Excel 或 WPS 里打开后另存为 .xlsx", name)
	}
	r, err := part.Open()
	if err != nil {
		return nil, broken(err)
	}
	return r, nil
}

// decode reads a small part into a struct.
func (in parts) decode(name string, into any) error {
	r, err := in.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	if err := xml.NewDecoder(io.LimitReader(&guard{r: r}, maxSmall)).Decode(into); err != nil {
		return broken(err)
	}
	return nil
}

// broken is the error of a part that cannot be read on.
func broken(err error) error {
	if errors.Is(err, errTooLong) {
		return err
	}
	return fmt.Errorf("读不下去，文件可能坏了；请在 Excel 或 WPS 里打开后另存为 .xlsx（%w）", err)
}

// relations are the parts that a part refers to (ECMA-376-2, 9.3).
type relations struct {
	List []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

func (r relations) first(kind string) string {
	for _, l := range r.List {
		if strings.HasSuffix(l.Type, kind) {
			return l.Target
		}
	}
	return ""
}

func (r relations) byID(id string) (target, kind string) {
	for _, l := range r.List {
		if l.ID == id {
			return l.Target, l.Type
		}
	}
	return "", ""
}

func resolve(from, target string) string {
	if strings.HasPrefix(target, "/") {
		return target[1:]
	}
	return path.Join(path.Dir(from), target)
}

// errTooLong is the error of a cell longer than any that Excel writes.
var errTooLong = errors.New("有一格长得不像话（超过 100 万字节），不读；请检查这张表")

// maxText is how long a cell or a tag may be, in bytes; Excel's cells hold 32,767 characters.
const maxText = 1_000_000

// guard fails where a text between two tags, or a tag, is too long, so that no
// decoder has to hold it.
type guard struct {
	r     io.Reader
	since int // bytes since a tag began
}

func (g *guard) Read(p []byte) (int, error) {
	n, err := g.r.Read(p[:min(len(p), 1<<16)])
	for _, c := range p[:n] {
		if g.since++; c == '<' {
			g.since = 0
		}
		if g.since > maxText {
			return 0, errTooLong
		}
	}
	return n, err
}

// sharedTexts are the texts that cells refer to by number. They are read when
// the first cell asks.
type sharedTexts struct {
	in    parts
	part  string // "" where the workbook has none
	read  bool
	texts []string
}

func (s *sharedTexts) at(i int) (string, bool) {
	if i < 0 || i >= len(s.texts) {
		return "", false
	}
	return s.texts[i], true
}

// load reads the texts: the runs of each, without the readings of phonetic runs.
// They are cut from blocks: a million texts of their own would take twice the
// memory.
func (s *sharedTexts) load() error {
	if s.read || s.part == "" {
		return nil
	}
	s.read = true
	block, all := new(strings.Builder), 0
	for text, err := range texts(s.in, s.part) {
		if err != nil {
			return err
		}
		if all += len(text); all > maxStrings || len(s.texts) >= maxShared {
			return errors.New("文字太多，读不了；请拆成几个文件")
		}
		if block.Cap()-block.Len() < len(text) {
			block = new(strings.Builder)
			block.Grow(max(len(text), 1<<20))
		}
		start := block.Len()
		block.Write(text)
		s.texts = append(s.texts, block.String()[start:])
	}
	return nil
}

func texts(in parts, part string) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		r, err := in.open(part)
		if err != nil {
			yield(nil, err)
			return
		}
		defer r.Close()
		decoder := xml.NewDecoder(&guard{r: r})
		var text []byte
		inText, phonetic := false, false
		for {
			token, err := decoder.RawToken()
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(nil, broken(err))
				return
			}
			switch token := token.(type) {
			case xml.StartElement:
				switch token.Name.Local {
				case "si":
					text = text[:0]
				case "rPh":
					phonetic = true
				case "t":
					inText = !phonetic
				}
			case xml.CharData:
				if inText {
					text = append(text, token...)
				}
				if len(text) > maxText {
					yield(nil, errTooLong)
					return
				}
			case xml.EndElement:
				switch token.Name.Local {
				case "t":
					inText = false
				case "rPh":
					phonetic = false
				case "si":
					if !yield(Unescape(text), nil) {
						return
					}
				}
			}
		}
	}
}
