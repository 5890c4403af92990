package gateway

import (
	"testing"

	"github.com/deemster-oj/deemster"
)

// An administrator has a submission judged again, and its submitter sees the new verdict.
func TestRejudge(t *testing.T) {
	s := newTestSite(t, nil)
	ada := s.user("ada")
	id := ada.submit("print(1)")
	call := "/api/v1/submissions/" + id + "/rejudge"
	s.admin().want(409, "POST", call, nil)
	s.judge(id, deemster.WrongAnswer)
	ada.want(403, "POST", call, nil)
	s.client().want(401, "POST", call, nil)
	s.admin().want(404, "POST", "/api/v1/submissions/01a2065e-0000-7000-8000-000000000000/rejudge", nil)

	got := s.admin().want(200, "POST", call, nil)
	if got.json["state"] != "queued" || got.json["verdict"] != nil || got.json["queue"].(object)["lane"] != "rejudge" {
		t.Errorf("queued again: %s", got.text)
	}
	s.judge(id, deemster.Accepted)
	got = ada.want(200, "GET", "/api/v1/submissions/"+id+"?wait=10s", nil)
	if got.json["verdict"] != "AC" || got.json["attempt"] != 2.0 {
		t.Errorf("judged again: %s", got.text)
	}
}
