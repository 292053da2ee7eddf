package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"

	"workreport/pipeline/change"
	"workreport/pipeline/contract"
	"workreport/pipeline/edition"
)

// PackageFile describes the records of this year to other tools.
const PackageFile = "datapackage.json"

// definitionFiles are the public settings, contract and queries of an edition.
func definitionFiles(r Result) (files map[string]string, err error) {
	files = map[string]string{}
	if files[path.Join(change.SettingsFolder, contract.EditionFile)], err = contract.PublicSettings(r.Year.Edition.Text); err != nil {
		return nil, err
	}
	for name, text := range r.Definitions.Contract.Texts {
		files[path.Join(change.ContractFolder, name)] = text
	}
	for name, text := range r.Year.Queries.Texts {
		files[path.Join(change.QueriesFolder, name)] = text
	}
	if r.Last != nil {
		files[path.Join(change.LastFolder, contract.EditionFile)], err = contract.PublicSettings(r.Last.Edition.Text)
	}
	return files, err
}

// export writes the records that got in, without what is private, into a folder.
func (y *Year) export(ctx context.Context, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, set := range y.Contract.Sets {
		if err := y.Store.Export(ctx, set, filepath.Join(folder, set.Name+".parquet")); err != nil {
			return fmt.Errorf("写出“%s”的记录：%w", set.Title, err)
		}
	}
	return nil
}

// A Frictionless Data Package (specs.frictionlessdata.io, version 1) over the
// records of an edition.
type (
	dataPackage struct {
		Name      string     `json:"name"`
		Title     string     `json:"title"`
		Resources []resource `json:"resources"`
	}
	resource struct {
		Name        string `json:"name"`
		Title       string `json:"title"`
		Description string `json:"description"`
		Path        string `json:"path"`
		Format      string `json:"format"`
		MediaType   string `json:"mediatype"`
		Bytes       int64  `json:"bytes"`
		Hash        string `json:"hash"`
		Rows        int    `json:"rows"`
		Schema      schema `json:"schema"`
	}
	schema struct {
		Fields      []schemaField         `json:"fields"`
		PrimaryKey  []string              `json:"primaryKey"`
		ForeignKeys []contract.ForeignKey `json:"foreignKeys,omitempty"`
	}
	schemaField struct {
		Name        string        `json:"name"`
		Title       string        `json:"title"`
		Type        contract.Type `json:"type"`
		Description string        `json:"description"`
	}
)

// placeFields say where a record stands in the office's files.
var placeFields = []schemaField{
	{"_file", "文件", contract.String, "记录所在的文件，在当年的文件夹里。"},
	{"_sheet", "表", contract.String, "工作簿里的表名，文本文件为空。"},
	{"_row", "行", contract.Integer, "在文件或表里的行号，从 1 起。"},
}

// packageJSON describes the records written into a folder of an edition.
func packageJSON(w io.Writer, y *Year, folder string) error {
	p := dataPackage{Name: fmt.Sprintf("workreport-%d", y.Edition.Year), Title: fmt.Sprintf("%s%d年履职记录", y.Edition.Organisation, y.Edition.Year)}
	loaded := y.loaded()
	for _, set := range y.Contract.Sets {
		name := path.Join(change.RecordsFolder, set.Name+".parquet")
		file, err := edition.Hash(os.DirFS(folder), name)
		if err != nil {
			return err
		}
		r := resource{Name: set.Name, Title: set.Title, Description: set.Description, Path: name, Format: "parquet",
			MediaType: "application/vnd.apache.parquet", Bytes: file.Size, Hash: "sha256:" + file.SHA256, Rows: loaded[set.Name],
			Schema: schema{PrimaryKey: set.PrimaryKey, ForeignKeys: set.ForeignKeys}}
		for _, f := range set.Fields {
			if !f.Private {
				r.Schema.Fields = append(r.Schema.Fields, schemaField{f.Name, f.Title, f.Type, f.Description})
			}
		}
		r.Schema.Fields = append(r.Schema.Fields, placeFields...)
		p.Resources = append(p.Resources, r)
	}
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(p)
}
