import Foundation
import Testing

@testable import Decisions
@testable import Inquiry

/// Days, weeks and months, against the calendar of Foundation.
struct PeriodTests {
    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        return calendar
    }()

    private func number(_ date: Date) -> Int { Int((date.timeIntervalSince1970 / 86_400).rounded()) }

    @Test func `every day of a century begins the periods that a calendar says`() throws {
        let units: [(PeriodUnit, Calendar.Component)] = [(.week, .weekOfYear), (.month, .month)]
        for day in stride(from: -8000, to: 30_000, by: 1) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 3600)
            for (unit, component) in units {
                let interval = try #require(Self.calendar.dateInterval(of: component, for: date))
                let start = number(interval.start)
                guard unit.start(of: day) == start else {
                    Issue.record("\(unit) of day \(day)")
                    return
                }
            }
        }
    }

    @Test func `moments before 1970 belong to the day they are in`() {
        for (microseconds, day) in [(-1, -1), (0, 0), (86_399_999_999, 0), (86_400_000_000, 1), (-86_400_000_000, -1)] {
            #expect(PeriodUnit.day(of: Timestamp(microseconds: Int64(microseconds))) == day)
        }
    }

    @Test func `periods are named by their first day, months by their month`() {
        #expect(PeriodUnit.day.name(of: 0) == "1970-01-01" && PeriodUnit.month.name(of: 31) == "1970-02")
        #expect(PeriodUnit.week.name(of: PeriodUnit.week.start(of: 0)) == "1969-12-29")
    }

    @Test(arguments: [(1, PeriodUnit.day), (62, .day), (63, .week), (434, .week), (435, .month), (90_000, .month)])
    func `a stretch of time is cut into some sixty pieces at most, as long as months do`(days: Int, unit: PeriodUnit) {
        #expect(PeriodUnit.fitting(days: days) == unit)
    }
}
