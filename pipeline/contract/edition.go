package contract

import "time"

// Edition is the settings of a year: data/<year>/edition.toml.
type Edition struct {
	Year            int
	Organisation    string    // 政协泽州县委员会
	Session         string    // the session the report goes to: 七届二次会议
	SessionDate     time.Time // its first day
	ProposalSession string    // the session whose proposals the year counts: 七届一次
	Status          string    // 草案
	Notice          string    // said on the first page of every document, may be empty
	CutOff          time.Time // records after this day do not count
	Windows         []Window  // sorted by name
	Rounding        Rounding
	Tolerances      Tolerances
}

// Window is a stretch of days, both ends included.
type Window struct {
	Name, Title string
	First, Last time.Time
}

// Rounding is how a number is rounded, once, when it is written.
type Rounding struct {
	Policy        RoundingPolicy
	PercentPlaces int
}

// RoundingPolicy says what becomes of a tie.
type RoundingPolicy string

// The policies: away from zero (四舍五入), or to the even neighbour (GB/T 8170-2008, 3.2).
const (
	HalfUp   RoundingPolicy = "half_up"
	HalfEven RoundingPolicy = "half_even"
)

// Tolerances bound the hedges that no standard bounds, in percent of the number written.
type Tolerances struct {
	About  int // 约, 左右
	Nearly int // 近
}
