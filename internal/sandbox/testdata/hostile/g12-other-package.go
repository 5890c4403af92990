// try: is no program but a package, named like a directory of the system
// want: CE

package bin

func Main() {}
