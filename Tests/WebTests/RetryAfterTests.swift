import Testing

@testable import Web

struct RetryAfterTests {
    @Test(arguments: [
        ("0", 0), ("120", 120), ("Sun, 06 Nov 1994 08:49:37 GMT", 100), ("Sun, 06 Nov 1994 08:47:57 GMT", 0),
        ("Sat, 05 Nov 1994 08:49:37 GMT", 0), ("Mon, 07 Nov 1994 08:47:57 GMT", 86_400),
    ]) func `a number of seconds and a date are read`(text: String, seconds: Int) {
        // 1994-11-06T08:47:57Z
        #expect(RetryAfter.seconds(text, now: 784_111_677) == seconds)
    }

    @Test(arguments: [
        "", "-1", "+1", "1.5", "soon", "99999999999999999999", "Sun, 06 Nov 1994 08:49:37",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Nix 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:61:37 GMT",
        "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 99999999999 08:49:37 GMT", "Sun, 06 Nov 1994 :: GMT",
    ]) func `anything else is no pause`(text: String) {
        #expect(RetryAfter.seconds(text, now: 784_111_677) == nil)
    }
}
