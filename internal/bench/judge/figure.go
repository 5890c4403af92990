package main

import (
	"fmt"
	"slices"
	"time"
)

// stage is a part of the way from submission to verdict, as a client sees it.
type stage int

const (
	accept  stage = iota // until the server has answered the request
	queue                // until an executor begins to compile
	compile              // until it begins to run, with the box
	tests                // until the last test has ended
	verdict              // until the verdict is here
	stageCount
)

// stages is how long each took. They follow one another; an executor may begin before the
// request is answered, and then the queue takes no time.
type stages [stageCount]time.Duration

func (s stages) whole() (sum time.Duration) {
	for _, d := range s {
		sum += d
	}
	return sum
}

const row = "%-12s %8.1f %8.1f %8.1f %7.2f   %6.1f %6.1f %8.1f %6.1f %7.1f\n"

func heading() {
	fmt.Printf("%-12s %8s %8s %8s %7s   %6s %6s %8s %6s %7s\n",
		"LANGUAGE", "P50 ms", "P95 ms", "BARE ms", "×BARE", "accept", "queue", "compile", "tests", "verdict")
}

func report(c contest, all []stages, bares []time.Duration, ratios []float64) {
	var whole []time.Duration
	var parts [stageCount][]time.Duration
	for _, s := range all {
		whole = append(whole, s.whole())
		for i, d := range s {
			parts[i] = append(parts[i], d)
		}
	}
	fmt.Printf(row, c.language, milliseconds(median(whole)), milliseconds(quantile(whole, 0.95)),
		milliseconds(median(bares)), median(ratios),
		milliseconds(median(parts[accept])), milliseconds(median(parts[queue])), milliseconds(median(parts[compile])),
		milliseconds(median(parts[tests])), milliseconds(median(parts[verdict])))
	figure("judge."+c.language+"_over_bare", median(ratios), "x", c.target)
	figure("judge."+c.language+"_ms_p50", milliseconds(median(whole)), "ms", "")
	figure("judge."+c.language+"_ms_p95", milliseconds(quantile(whole, 0.95)), "ms", "")
}

func figure(name string, value float64, unit, target string) {
	fmt.Printf("figure\t%s\t%.3f\t%s\t%s\n", name, value, unit, target)
}

// quantile is the value that so much of the list is below.
func quantile[T ~int64 | ~float64](list []T, q float64) T {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

func median[T ~int64 | ~float64](list []T) T { return quantile(list, 0.5) }

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1000 }
