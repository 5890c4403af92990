package doctor

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
)

var processorChecks = []check{
	{Processors, "cores and slots", advisory, (*machine).coresAndSlots},
	{Processors, "hyper-threading", advisory, (*machine).threads},
	{Processors, "frequency governor", advisory, (*machine).governor},
	{Processors, "turbo", advisory, (*machine).turbo},
	{Processors, "clock source", advisory, (*machine).clockSource},
	{Processors, "isolated cores", advisory, (*machine).isolated},
	{Processors, "stolen time", advisory, (*machine).stolen},
	{Processors, "processor flaws", advisory, (*machine).flaws},
	{Processors, "time of day", advisory, (*machine).timeOfDay},
}

const cpus = "/sys/devices/system/cpu/"

func (m *machine) coresAndSlots() finding {
	cores := m.probe.processors
	found := fmt.Sprintf("%s, %s", count(cores, "core"), count(m.slots, "slot"))
	switch {
	case m.slots > cores:
		return advise(found+": runs share cores, so their times are not exact", fmt.Sprintf("--slots %d", max(cores-1, 1)))
	case m.slots == cores:
		return advise(found+": the judge has no core to itself, so times are less exact", "use a machine with more cores, or fewer --slots")
	}
	return fine("%s", found)
}

// count is "1 core", "2 cores".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

func (m *machine) threads() finding {
	if active, _ := m.read(cpus + "smt/active"); active == "1" {
		return advise("on: programs on one core slow each other, and may listen to each other through its caches",
			"echo off > "+cpus+"smt/control, and to keep it nosmt on the kernel's command line")
	}
	return fine("off")
}

func (m *machine) governor() finding {
	files := m.glob(cpus + "cpu[0-9]*/cpufreq/scaling_governor")
	if len(files) == 0 {
		return fine("none here: the frequency is not this system's to choose")
	}
	for _, file := range files {
		if governor, _ := m.read(file); governor != "performance" {
			return advise(governor+": a core that was idle begins slowly", "cpupower frequency-set -g performance (Debian's package linux-cpupower)")
		}
	}
	return fine("performance")
}

func (m *machine) turbo() finding {
	const advice = "the same program is faster on a machine that is otherwise idle"
	if off, ok := m.number(cpus + "intel_pstate/no_turbo"); ok && off == 0 {
		return advise("on: "+advice, "echo 1 > "+cpus+"intel_pstate/no_turbo")
	}
	if on, ok := m.number(cpus + "cpufreq/boost"); ok && on == 1 {
		return advise("on: "+advice, "echo 0 > "+cpus+"cpufreq/boost")
	}
	return fine("off, or not this system's to choose")
}

func (m *machine) clockSource() finding {
	const dir = "/sys/devices/system/clocksource/clocksource0/"
	source, ok := m.read(dir + "current_clocksource")
	switch source {
	case "hpet", "acpi_pm", "jiffies", "refined-jiffies", "pit":
		return advise(source+": reading the clock is slow, for programs too", "echo tsc > "+dir+"current_clocksource; if the kernel refuses, see why in dmesg")
	}
	if !ok {
		return fine("not told")
	}
	return fine("%s", source)
}

func (m *machine) isolated() finding {
	if list, _ := m.read(cpus + "isolated"); list != "" {
		return fine("%s", list)
	}
	return fine("none; a machine for judging alone may boot with isolcpus= for the slots' cores, the last ones")
}

// stolen looks how much time the host of a virtual machine gave to others.
func (m *machine) stolen() finding {
	text, _ := m.read("/proc/stat")
	first, _, _ := strings.Cut(text, "\n")
	fields := strings.Fields(first)
	if len(fields) < 9 {
		return fine("not told")
	}
	busy, steal := int64(0), int64(0)
	for i, field := range fields[1:9] { // user nice system idle iowait irq softirq steal
		n, _ := strconv.ParseInt(field, 10, 64)
		if i == 7 {
			steal = n
		}
		if i != 3 && i != 4 {
			busy += n
		}
	}
	share := 100 * float64(steal) / float64(max(busy, 1))
	if share > 2 {
		return advise(fmt.Sprintf("%.1f %% of the time that this machine wanted, its host gave to others: times are not exact", share),
			"ask for cores of your own, or use a real machine")
	}
	return fine("%.1f %% since the start", share)
}

func (m *machine) flaws() finding {
	var open []string
	for _, file := range m.glob(cpus + "vulnerabilities/*") {
		if state, _ := m.read(file); strings.HasPrefix(state, "Vulnerable") {
			open = append(open, path.Base(file))
		}
	}
	if len(open) > 0 {
		slices.Sort(open)
		return advise("not guarded against: "+strings.Join(open, ", "), "update the kernel and the processor's microcode; leave out mitigations=off")
	}
	return fine("guarded against, as far as known")
}

func (m *machine) timeOfDay() finding {
	if !m.probe.timeSynced {
		return advise("nobody sets the clock; limits do not need it, submissions' times do", "apt install systemd-timesyncd, or chrony")
	}
	return fine("set by the network")
}
