package charts

import "testing"

// The font has 犇 and 䶮, and none of the characters for Egyptian owls.
func TestMissing(t *testing.T) {
	made := drawn(t, table(t, "bar", texts("kind", "类别", "犇䶮", "𓅓经济", "𓅓"), integers("n", "件数", "3", "2", "1")))
	missing, err := Missing(made)
	if err != nil || string(missing) != "𓅓" {
		t.Errorf("missing are %q, %v", string(missing), err)
	}
}
