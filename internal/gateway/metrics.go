package gateway

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are few, and none has a label whose values strangers choose.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	limited  *prometheus.CounterVec
	accepted prometheus.Counter
	slow     prometheus.Counter
}

func newMetrics(s *sockets) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "deemster_http_requests_total", Help: "Requests answered.",
		}, []string{"route", "method", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "deemster_http_request_seconds", Help: "Time to answer a request; long polls wait on purpose.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 60},
		}, []string{"route"}),
		limited: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "deemster_rate_limited_total", Help: "Requests refused because a rate was used up.",
		}, []string{"class"}),
		accepted: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "deemster_submissions_accepted_total", Help: "Submissions accepted by this gateway.",
		}),
		slow: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "deemster_sockets_slow_total", Help: "WebSockets closed because they were read too slowly.",
		}),
	}
	m.registry.MustRegister(m.requests, m.seconds, m.limited, m.accepted, m.slow,
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "deemster_sockets", Help: "WebSockets open now.",
		}, func() float64 { return float64(s.count()) }),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// request counts a request. Methods are the client's choice, so unusual ones are one.
func (m *metrics) request(r *http.Request, status int, took time.Duration) {
	method := r.Method
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete:
	default:
		method = "other"
	}
	m.requests.WithLabelValues(routeOf(r), method, strconv.Itoa(status)).Inc()
	m.seconds.WithLabelValues(routeOf(r)).Observe(took.Seconds())
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
