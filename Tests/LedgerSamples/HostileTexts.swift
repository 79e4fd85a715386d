/// Texts of records that try to be more than text.
public enum HostileTexts {
    public static let all = [
        "\u{1B}[2J\u{1B}[31mred\u{7}", "\u{9B}31m", "a\u{202E}b\u{2066}c", "zero\u{200B}width\u{FEFF}",
        "\u{2028}\u{2029}x",
        "one\r\ntwo\rthree\nfour", "tab\tbed", "\u{0}nul", "\u{7F}", "# Heading", "*emphasis* _too_ `code` ~~gone~~",
        "<script>alert(1)</script>", "[link](http://evil.example) ![x](y) http://evil.example www.evil.example",
        "> quote",
        "1. list\n- list\n+ list", "    code", "```\ncode\n```", "| a | b |\n|---|---|", "&lt; &#60;", "---\n===", "\\",
        "*\u{301}both*\u{301} `\u{301}x`\u{301}", "$x$ ^y^ :smile: @somebody #1",
        "[erased] [recorded]\n\nProof  all is well",
        "👩‍👩‍👧‍👦 日本語 ｆｕｌｌ e\u{301}", "\u{E0041}tag",
    ]
}
