// Package deemster holds the vocabulary of the judge: the nouns that travel
// between its roles and the contracts they keep. It imports only the standard
// library, and everything else imports it.
//
// The life of a submission, in these words:
//
//   - A [NewSubmission] is accepted by the submission role: one SQL transaction
//     writes it, and from that moment it ends with exactly one [Verdict].
//   - A [Ticket] with its id waits in a [Lane] of the queue. The queue is only an
//     index: it may be lost and is rebuilt from the rows.
//   - An executor pulls the ticket and sends a [Claim]; the answer is a [Job] with
//     a new attempt number. Whoever held an earlier attempt has lost it.
//   - While it judges, the executor renews its lease ([Lease]) and publishes
//     [Progress]. At the end it sends a [Report], which counts only if its attempt
//     is still the present one.
//   - The verdict is written and published as an [Event]; gateways pass it on to
//     whoever watches.
//
// When the program breaks a rule, that is a verdict. When the judge fails, that is
// an [Error]; it is tried again and never blamed on the program.
package deemster
