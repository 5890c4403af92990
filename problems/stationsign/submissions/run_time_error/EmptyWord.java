// Fails: between two spaces there is an empty word, which has no first letter.
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

public class EmptyWord {
    static String tidy(String line) {
        List<String> words = new ArrayList<>();
        for (String word : line.split(" ")) {
            words.add(Character.toUpperCase(word.charAt(0)) + word.substring(1).toLowerCase());
        }
        return String.join(" ", words);
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int count = Integer.parseInt(in.nextLine());
        List<String> names = new ArrayList<>();
        int width = 0;
        for (int i = 0; i < count; i++) {
            names.add(tidy(in.nextLine()));
            width = Math.max(width, names.get(i).length());
        }
        String border = "+" + "-".repeat(width + 2) + "+";
        System.out.println(border);
        for (String name : names) {
            int left = (width - name.length()) / 2;
            String right = " ".repeat(width - name.length() - left);
            System.out.println("| " + " ".repeat(left) + name + right + " |");
        }
        System.out.println(border);
    }
}
