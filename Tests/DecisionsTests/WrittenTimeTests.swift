import Decisions
import Testing

/// Times as applications write them.
struct WrittenTimeTests {
    @Test(arguments: [
        ("2026-01-01T10:00:00Z", "2026-01-01T10:00:00.000000Z"),
        ("2026-01-01T10:00:00.5Z", "2026-01-01T10:00:00.500000Z"),
        ("2026-01-01T10:00:00.123456789Z", "2026-01-01T10:00:00.123456Z"),
        ("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00.000000Z"),
        ("2026-01-01T00:30:00.25-05:45", "2026-01-01T06:15:00.250000Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000000Z"),
        ("2017-01-01T00:59:60.5+01:00", "2017-01-01T00:00:00.500000Z"),
    ])
    func `a time of RFC 3339 is a moment, whatever its offset`(text: String, want: String) {
        #expect(Timestamp(rfc3339: text)?.description == want)
    }

    @Test(arguments: [
        "", "2026-01-01", "2026-01-01T10:00:00", "2026-02-30T10:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T10:00:61Z",
        "2026-01-01T10:00:00.1234567890Z", "2026-01-01T10:00:00+1:00", "0000-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01", "2026-01-01t10:00:00z", "2026-01-01T10:00:00.Z",
    ])
    func `anything else, and what no clock can say, is none`(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }
}
