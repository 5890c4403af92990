// try: has no class that could be run, but two that look like it in comments and strings
// want: RE
// limits: compile=20s
// class Fake { public static void main(String[] args) {} }
interface Nothing {
    String TEXT = "class Fake { public static void main(String[] args) {} }";
}
