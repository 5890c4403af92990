import * as fs from "fs";

const words: string[] = fs.readFileSync(0, "utf8").split(/\s+/);
console.log(words.reduce((sum: number, word: string): number => sum + Number(word), 0));
