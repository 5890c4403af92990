package bus

import (
	"context"

	"github.com/deemster-oj/deemster"
)

// Runs are not in the queue: nobody has promised that they are not lost, and they must
// never stand before a submission. A gateway offers the runs it holds to everybody
// ([Bus.OfferRun]); an executor that has a slot to spare claims one from that gateway
// ([ClaimRun]) and reports to it ([ReportRun]). Who asked for the run may go away: then
// the gateway stops it ([Bus.StopRun]).
const (
	subjectRunOffer  = "run.offer"
	subjectRunStop   = "run.stop"
	subjectRunClaim  = "run.claim."  // and the gateway's id
	subjectRunReport = "run.report." // and the gateway's id
)

// ClaimRun gives an executor a run that the gateway with this id holds.
func ClaimRun(gateway string) Endpoint[deemster.RunClaim, deemster.Run] {
	return Endpoint[deemster.RunClaim, deemster.Run]{subjectRunClaim + gateway}
}

// ReportRun tells the gateway with this id what came of a run that was claimed from it. It is
// NotFound when nobody waits for it any more.
func ReportRun(gateway string) Endpoint[deemster.RunReport, struct{}] {
	return Endpoint[deemster.RunReport, struct{}]{subjectRunReport + gateway}
}

// OfferRun tells every executor that a run waits. The offer may be lost.
func (b *Bus) OfferRun(o deemster.RunOffer) { b.publish(subjectRunOffer, o) }

// RunOffers calls handle for every offer until ctx ends.
func (b *Bus) RunOffers(ctx context.Context, handle func(deemster.RunOffer)) error {
	return subscribe(ctx, b, subjectRunOffer, handle)
}

// StopRun tells the executor that has a run that nobody waits for it any more.
func (b *Bus) StopRun(id string) { b.publish(subjectRunStop, ByID{ID: id}) }

// RunStops calls handle with the id of every run that is to be stopped, until ctx ends.
func (b *Bus) RunStops(ctx context.Context, handle func(id string)) error {
	return subscribe(ctx, b, subjectRunStop, func(run ByID) { handle(run.ID) })
}
