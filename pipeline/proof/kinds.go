package proof

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/crc32"
	"image/png"
	"io"
	"strings"
)

// ragged is the file that holds rows of many sheets, each with columns of its own.
const ragged = "rejected.csv"

// kinds are the ways to read files of which only the kind is known.
var kinds = map[string]reader{
	".csv": wellFormedCSV, ".json": wellFormedJSON, ".svg": wellFormedSVG, ".png": wellFormedPNG, ".pdf": wellFormedPDF,
	".docx": wellFormedPackage, ".xlsx": wellFormedPackage,
	".html": func(f *finding, content []byte) { _ = pageOf(f, content) },
}

// bom stands at the head of every CSV file.
const bom = "\ufeff"

// rowsOf are the heading and the rows of a CSV file, nil where it is none.
func rowsOf(f *finding, content []byte) [][]string {
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(content), bom))).ReadAll()
	switch {
	case err != nil:
		f.say("不是完好的 CSV：%v", err)
		return nil
	case len(rows) == 0 || strings.Join(rows[0], "") == "":
		f.say("没有表头")
		return nil
	}
	return rows
}

func wellFormedCSV(f *finding, content []byte) { rowsOf(f, content) }

func wellFormedJSON(f *finding, content []byte) {
	if !json.Valid(content) {
		f.say("不是完好的 JSON")
	}
}

func wellFormedSVG(f *finding, content []byte) {
	if err := eachToken(content, func(xml.Token) {}); err != nil {
		f.say("不是完好的 SVG：%v", err)
	}
}

func wellFormedPDF(f *finding, content []byte) {
	if !bytes.HasPrefix(content, []byte("%PDF-")) || !bytes.HasSuffix(bytes.TrimRight(content, "\r\n \x00"), []byte("%%EOF")) {
		f.say("不是完整的 PDF")
	}
}

// eachToken reads XML through; its error is what is not well-formed.
func eachToken(content []byte, see func(xml.Token)) error {
	decoder := xml.NewDecoder(bytes.NewReader(content))
	elements := 0
	for {
		token, err := decoder.Token()
		if err == io.EOF && elements > 0 {
			return nil
		}
		if err != nil {
			return err
		}
		if _, ok := token.(xml.StartElement); ok {
			elements++
		}
		see(token)
	}
}

func wellFormedPNG(f *finding, content []byte) {
	if err := wholePNG(content); err != nil {
		f.say("不是完好的 PNG：%v", err)
	}
}

// wholePNG holds every chunk to its checksum, and unpacks the picture without
// building it, which would take ten times as long.
func wholePNG(content []byte) error {
	picture, err := png.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return err
	}
	var packed []io.Reader
	for rest := content[8:]; ; {
		if len(rest) < 12 {
			return io.ErrUnexpectedEOF
		}
		size, kind := uint64(binary.BigEndian.Uint32(rest)), string(rest[4:8])
		if uint64(len(rest)) < size+12 {
			return io.ErrUnexpectedEOF
		}
		if crc32.ChecksumIEEE(rest[4:8+size]) != binary.BigEndian.Uint32(rest[8+size:]) {
			return fmt.Errorf("%s 校验不符", kind)
		}
		if kind == "IDAT" {
			packed = append(packed, bytes.NewReader(rest[8:8+size]))
		}
		if rest = rest[size+12:]; kind == "IEND" {
			break
		}
	}
	unpacked, err := zlib.NewReader(io.MultiReader(packed...))
	if err != nil {
		return err
	}
	n, err := io.Copy(io.Discard, unpacked)
	if err == nil && n < int64(picture.Height)*int64(1+picture.Width/8) {
		err = errors.New("不够一幅图")
	}
	return err
}
