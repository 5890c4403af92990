// try: promises that make promises for ever, so that no timer of the machine ever runs
// want: TLE
// limits: cpu=100ms wall=10s
const again = () => Promise.resolve().then(again);
again();
