package charts

// SamplePage is the page of the samples, with hostile texts, for the tests in a browser.
var SamplePage = samplePage
