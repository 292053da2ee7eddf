// Package appendix writes the draft statistics appendix (统计附录·草案) of a year.
//
// In comes a Document: figures, tables, claims and pictures that are already
// computed. content.go settles once what is said and in which order; DOCX, XLSX
// and HTML set that in type. Nothing is computed from records here, and nothing
// is read but the Document: the same Document gives the same bytes.
package appendix

import (
	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
)

// Document is what the appendix shows.
type Document struct {
	Edition  contract.Edition
	Figures  []figure.Figure // in the report's order
	Tables   []figure.Table  // in the report's order
	Trend    *figure.Table   // the quoted figures over the years, nil for none
	Claims   []figure.Check  // the checks that prove words of the report (Spec.Claim)
	Pictures []Picture
	Contract contract.Contract // becomes the data dictionary
	Accounts []Account
	Warnings []string  // what the checks of the records found, a line each
	Template *Template // an office's own document whose styles and footers the Word form takes; may be nil
	Digest   string    // of the numbers of the edition, as people compare it; on the cover
}

// Picture is a drawn chart. Width and Height are pixels at 96 to the inch; PNG
// may hold more of them.
type Picture struct {
	Number        int // 图N
	TableID       string
	Title, Alt    string
	PNG           []byte
	Width, Height int
}

// Account says what became of the rows of one file, or of one sheet of a
// workbook: Read = Loaded + Rejected.
type Account struct {
	Set, File, Sheet       string
	Read, Loaded, Rejected int
}
