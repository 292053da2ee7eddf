package proof

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"slices"
	"strings"
)

// parts are what a document of Word or Excel is packed from, by name.
type parts map[string][]byte

func wellFormedPackage(f *finding, content []byte) { partsOf(f, content).wellFormed(f) }

func isXML(name string) bool {
	return strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels")
}

// partsOf unpacks a document, by which every checksum is held, and follows its
// list of kinds and its relations.
func partsOf(f *finding, content []byte) parts {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		f.say("不是完好的 ZIP：%v", err)
		return nil
	}
	p := parts{}
	for _, entry := range archive.File {
		part, err := entry.Open()
		if err != nil {
			f.say("里的 %s 打不开：%v", entry.Name, err)
			continue
		}
		if p[entry.Name], err = io.ReadAll(part); err != nil {
			f.say("里的 %s 读不出来：%v", entry.Name, err)
		}
	}
	p.kinds(f)
	p.relations(f)
	return p
}

const contentTypes = "[Content_Types].xml"

func (p parts) kinds(f *finding) {
	var types struct {
		Default []struct {
			Extension string `xml:",attr"`
		}
		Override []struct {
			PartName string `xml:",attr"`
		}
	}
	if err := xml.Unmarshal(p[contentTypes], &types); err != nil {
		f.say("里的 %s 读不懂：%v", contentTypes, err)
		return
	}
	known := map[string]bool{"/" + contentTypes: true}
	for _, d := range types.Default {
		known["."+strings.ToLower(d.Extension)] = true
	}
	for _, o := range types.Override {
		if known[o.PartName] = true; p[strings.TrimPrefix(o.PartName, "/")] == nil {
			f.say("里没有 %s，却列在 %s 里", o.PartName, contentTypes)
		}
	}
	for name := range p {
		if !known["/"+name] && !known[strings.ToLower(path.Ext(name))] {
			f.say("里的 %s 没有列在 %s 里", name, contentTypes)
		}
	}
}

// relation is where a part leads to.
type relation struct {
	ID         string `xml:"Id,attr"`
	Target     string `xml:",attr"`
	TargetMode string `xml:",attr"`
}

// relationsOf are the relations that a part of that name holds.
func (p parts) relationsOf(name string) ([]relation, error) {
	var list struct{ Relationship []relation }
	err := xml.Unmarshal(p[name], &list)
	return list.Relationship, err
}

// target is the part that a relation leads to, from a part in that folder.
func (r relation) target(folder string) string {
	if whole, ok := strings.CutPrefix(r.Target, "/"); ok {
		return whole
	}
	return path.Join(folder, r.Target)
}

func (p parts) relations(f *finding) {
	for name := range p {
		if !strings.HasSuffix(name, ".rels") {
			continue
		}
		list, err := p.relationsOf(name)
		if err != nil {
			f.say("里的 %s 读不懂：%v", name, err)
		}
		for _, r := range list {
			target := r.target(path.Dir(path.Dir(name)))
			if _, ok := p[target]; !ok && r.TargetMode != "External" && !strings.HasPrefix(r.Target, "#") {
				f.say("里的 %s 指向 %s，没有这个部分", name, target)
			}
		}
	}
}

// wellFormed reads the XML parts through, but for those that are read elsewhere.
func (p parts) wellFormed(f *finding, elsewhere ...string) {
	for name, part := range p {
		if !isXML(name) || slices.Contains(elsewhere, name) {
			continue
		}
		if err := eachToken(part, func(xml.Token) {}); err != nil {
			f.say("里的 %s 不是完好的 XML：%v", name, err)
		}
	}
}
