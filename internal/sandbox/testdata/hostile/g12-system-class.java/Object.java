public class Object {
}
