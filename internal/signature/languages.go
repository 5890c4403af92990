package signature

import (
	"strings"
	"unicode"
)

// language is how functions are written in one language. The first file is what is run or
// compiled first; one of them holds the submission.
type language struct {
	ids     []string // of the languages whose programs these are
	name    string   // for people
	dir     string   // of the templates in drivers/
	files   []string
	starter string // the template of what editors begin with
	// types gives the base types their names, list the name of a list of "%".
	types map[string]string
	list  string
	// zero is a value for a function that is not written yet; zeroList is one for a list.
	zero     map[string]string
	zeroList string
	// names is how things are called, functions how functions are if that differs.
	names, functions func(string) string
	// keywords may be no names, and functions may also not be called as in taken.
	keywords, taken string
}

// languages are those that have a driver, in the order people read them.
var languages = []language{
	{
		ids: []string{"cpp", "cpp17", "cpp23"}, name: "C++", dir: "cpp",
		files: []string{"main.cpp", "solution.hpp"}, starter: "starter.hpp",
		types: map[string]string{
			"int": "int", "long": "long long", "double": "double", "bool": "bool", "char": "char", "string": "string",
			"ListNode": "ListNode *", "TreeNode": "TreeNode *",
		},
		list: "vector<%>",
		keywords: `alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t char32_t char8_t class co_await
			co_return co_yield compl concept const const_cast consteval constexpr constinit continue decltype default delete do double
			dynamic_cast else enum explicit export extern false float for friend goto if inline int long mutable namespace new noexcept
			not not_eq nullptr operator or or_eq private protected public register reinterpret_cast requires return short signed sizeof
			static static_assert static_cast struct switch template this thread_local throw true try typedef typeid typename typeof union
			unsigned using virtual void volatile wchar_t while xor xor_eq assert errno linux stderr stdin stdout unix`,
	},
	{
		ids: []string{"java"}, name: "Java", dir: "java",
		files: []string{"Main.java", "Solution.java"}, starter: "starter.java",
		types: map[string]string{
			"int": "int", "long": "long", "double": "double", "bool": "boolean", "char": "char", "string": "String",
			"ListNode": "ListNode", "TreeNode": "TreeNode",
		},
		list:     "%[]",
		zero:     map[string]string{"int": "0", "long": "0", "double": "0", "bool": "false", "char": "0", "string": `""`, "ListNode": "null", "TreeNode": "null"},
		zeroList: "null",
		keywords: `abstract assert boolean break byte case catch char class const continue default do double else enum extends false final
			finally float for goto if implements import instanceof int interface long native new null package private protected public
			return short static strictfp super switch synchronized this throw throws transient true try void volatile while`,
		taken: "clone finalize getClass hashCode notify notifyAll toString wait",
	},
	{
		ids: []string{"python3", "pypy3"}, name: "Python 3", dir: "python",
		files: []string{"main.py", "solution.py"}, starter: "starter.py",
		types: map[string]string{
			"int": "int", "long": "int", "double": "float", "bool": "bool", "char": "str", "string": "str",
			"ListNode": "ListNode | None", "TreeNode": "TreeNode | None",
		},
		list: "list[%]",
		keywords: `False None True and as assert async await break class continue def del elif else except finally for from global if import
			in is lambda nonlocal not or pass raise return try while with yield`,
	},
	{
		ids: []string{"go"}, name: "Go", dir: "go",
		files: []string{"main.go", "solution.go"}, starter: "starter.go",
		types: map[string]string{
			"int": "int", "long": "int64", "double": "float64", "bool": "bool", "char": "byte", "string": "string",
			"ListNode": "*ListNode", "TreeNode": "*TreeNode",
		},
		list:     "[]%",
		zero:     map[string]string{"int": "0", "long": "0", "double": "0", "bool": "false", "char": "0", "string": `""`, "ListNode": "nil", "TreeNode": "nil"},
		zeroList: "nil",
		keywords: `break case chan const continue default defer else fallthrough for func go goto if import interface map package range
			return select struct switch type var`,
		// A package has one main and is told no other init; the rest the driver needs itself.
		taken: `init main any append bool byte error false float64 int int32 int64 len nil panic rune string true uint64
			io os strconv syscall utf8`,
	},
	{
		ids: []string{"javascript"}, name: "JavaScript", dir: "javascript",
		files: []string{"main.js", "driver.js"}, starter: "starter.js",
		types: map[string]string{
			"int": "number", "long": "bigint", "double": "number", "bool": "boolean", "char": "string", "string": "string",
			"ListNode": "ListNode", "TreeNode": "TreeNode",
		},
		list: "%[]",
		keywords: `arguments await break case catch class const continue debugger default delete do else enum eval export extends false
			finally for function if implements import in instanceof interface let new null package private protected public return static
			super switch this throw true try typeof undefined var void while with yield`,
		taken: "exports module require",
	},
	{
		ids: []string{"typescript"}, name: "TypeScript", dir: "javascript",
		files: []string{"main.ts", "driver.ts"}, starter: "starter.ts",
		types: map[string]string{
			"int": "number", "long": "bigint", "double": "number", "bool": "boolean", "char": "string", "string": "string",
			"ListNode": "ListNode | null", "TreeNode": "TreeNode | null",
		},
		list: "%[]",
		keywords: `any arguments as async await boolean break case catch class const constructor continue debugger declare default delete do
			else enum eval export extends false finally for from function get if implements import in instanceof interface let module new
			null number of package private protected public require return set static string super switch symbol this throw true try type
			typeof undefined var void while with yield`,
		taken: "exports",
	},
	{
		ids: []string{"rust"}, name: "Rust", dir: "rust",
		files: []string{"main.rs", "solution.rs"}, starter: "starter.rs",
		types: map[string]string{
			"int": "i32", "long": "i64", "double": "f64", "bool": "bool", "char": "char", "string": "String",
			"ListNode": "Option<Box<ListNode>>", "TreeNode": "Option<Rc<RefCell<TreeNode>>>",
		},
		list:  "Vec<%>",
		names: snakeCase,
		keywords: `abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen if impl in
			let loop macro match mod move mut override priv pub ref return self static struct super trait true try type typeof unsafe
			unsized use virtual where while yield`,
	},
	{
		ids: []string{"csharp"}, name: "C#", dir: "csharp",
		files: []string{"main.cs", "Solution.cs"}, starter: "starter.cs",
		types: map[string]string{
			"int": "int", "long": "long", "double": "double", "bool": "bool", "char": "char", "string": "string",
			"ListNode": "ListNode", "TreeNode": "TreeNode",
		},
		list:      "%[]",
		zero:      map[string]string{"int": "0", "long": "0", "double": "0", "bool": "false", "char": `'0'`, "string": `""`, "ListNode": "null", "TreeNode": "null"},
		zeroList:  "null",
		functions: pascalCase,
		keywords: `abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum
			event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace
			new null object operator out override params private protected public readonly ref return sbyte sealed short sizeof stackalloc
			static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while`,
		taken: "Equals Finalize GetHashCode GetType MemberwiseClone ReferenceEquals Solution ToString",
	},
	{
		ids: []string{"php"}, name: "PHP", dir: "php",
		files: []string{"main.php", "driver.php"}, starter: "starter.php",
		types: map[string]string{
			"int": "int", "long": "int", "double": "float", "bool": "bool", "char": "string", "string": "string",
			"ListNode": "?ListNode", "TreeNode": "?TreeNode",
		},
		list:     "array",
		keywords: "this",
		taken:    "class",
	},
	{
		ids: []string{"ruby"}, name: "Ruby", dir: "ruby",
		files: []string{"main.rb", "driver.rb"}, starter: "starter.rb",
		types: map[string]string{
			"int": "Integer", "long": "Integer", "double": "Float", "bool": "Boolean", "char": "String", "string": "String",
			"ListNode": "ListNode", "TreeNode": "TreeNode",
		},
		list:  "Array<%>",
		names: snakeCase,
		keywords: `alias and begin break case class def defined do else elsif end ensure false for if in module next nil not or redo rescue
			retry return self super then true undef unless until when while yield`,
		// A method here is one of every object, so these would be replaced.
		taken: `abort binding catch class clone define display dup exit extend fail format freeze hash initialize inspect lambda load loop
			method object_id open p print printf proc public_send putc puts raise rand require select send singleton_class sleep spawn
			system tap test throw to_enum to_s trap warn`,
	},
}

// languageOf finds the language that a program's language id belongs to.
func languageOf(id string) (language, bool) {
	for _, l := range languages {
		for _, of := range l.ids {
			if of == id {
				return l, true
			}
		}
	}
	return language{}, false
}

// typeName is what t is called.
func (l language) typeName(t valueType) string {
	name := l.types[t.base]
	for range t.depth {
		if strings.Contains(name, "|") && strings.HasPrefix(l.list, "%") {
			name = "(" + name + ")"
		}
		name = strings.ReplaceAll(l.list, "%", name)
	}
	return name
}

// zeroOf is some value of type t.
func (l language) zeroOf(t valueType) string {
	if t.depth > 0 {
		return l.zeroList
	}
	return l.zero[t.base]
}

// parameterName is what a parameter is called. No name has an underscore at its end before
// that, so none is given twice.
func (l language) parameterName(name string) string {
	if l.names != nil {
		name = l.names(name)
	}
	return avoid(name, l.keywords)
}

// functionName is what the function is called.
func (l language) functionName(name string) string {
	switch {
	case l.functions != nil:
		name = l.functions(name)
	case l.names != nil:
		name = l.names(name)
	}
	return avoid(name, l.keywords, l.taken)
}

// avoid puts an underscore behind a name that is one of the words.
func avoid(name string, words ...string) string {
	for _, some := range words {
		for word := range strings.FieldsSeq(some) {
			if word == name {
				return name + "_"
			}
		}
	}
	return name
}

// pascalCase writes twoSum as TwoSum.
func pascalCase(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

// snakeCase writes twoSum as two_sum.
func snakeCase(name string) string {
	var b strings.Builder
	for _, r := range name {
		if unicode.IsUpper(r) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
