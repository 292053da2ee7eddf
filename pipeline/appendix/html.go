package appendix

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
)

//go:embed appendix.html.tmpl
var pageSource string

var page = template.Must(template.New("appendix").Funcs(template.FuncMap{
	"printed": func(g *grid) grid { return g.printed() },
	"percent": func(c column, g grid) float64 { return 100 * c.Width / g.width() },
	"image": func(p *Picture) template.URL {
		return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(p.PNG))
	},
}).Parse(pageSource))

// HTML writes the appendix as one page that needs nothing else: no script, no
// network, pictures within. Printed, it is A4 with the header rows repeated.
func HTML(w io.Writer, d Document) error {
	var b bytes.Buffer
	if err := page.Execute(&b, contentOf(d)); err != nil {
		return err
	}
	_, err := b.WriteTo(w)
	return err
}
