// Package contract holds what a year's records must look like.
package contract

// Contract is the record sets of the year in the order of their names.
type Contract struct {
	Sets []Set
}

// Set describes one record set: a Frictionless Table Schema with a name.
type Set struct {
	Name, Title, Description string
	Fields                   []Field
	PrimaryKey               []string
	ForeignKeys              []ForeignKey
	File                     string // the file of the contract
}

// Field is one column of a record set.
type Field struct {
	Name, Title string
	Type        string // string, integer, number (an exact decimal), date, boolean
	Description string
	Aliases     []string
	Private     bool // leaves in no output
	Required    bool
	Unique      bool
	Enum        []string
	Minimum     *int64
}

// ForeignKey says that Fields must name a row of Set.
type ForeignKey struct {
	Fields    []string
	Set       string
	SetFields []string
}
