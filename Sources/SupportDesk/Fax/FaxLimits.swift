/// When, and how much, may be faxed.
package struct FaxLimits: Sendable {
    /// Calls a day at most.
    package var dailyCalls = 100
    /// Pages a day at most.
    package var dailyPages = 500
    /// The hours of the week in which faxes are sent; nil for any time.
    package var hours: BusinessCalendar?
    /// Where a day ends.
    package var zone: Zone

    package init(zone: Zone) {
        self.zone = zone
    }

    /// The instant from which today's usage counts.
    package func dayStart(at now: Timestamp) -> Timestamp { start(of: zone.day(now)) }

    private func start(of day: CalendarDate) -> Timestamp {
        zone.instant(CivilTime(year: day.year, month: day.month, day: day.day))
    }

    /// Whether a fax may be begun now.
    ///
    /// - Parameter usage: what was spent since `dayStart`.
    package func allowance(_ usage: FaxUsage, at now: Timestamp) -> Allowance {
        if let hours, !hours.isOpen(at: now) {
            let next = hours.nextOpening(after: now) ?? now + .seconds(7 * 86_400)
            return .closed(
                until: next,
                Bilingual(
                    fr: "Hors des heures d'envoi des fax (fax.sending_hours).",
                    en: "Outside the sending hours of faxes (fax.sending_hours)."))
        }
        let tomorrow = start(of: zone.day(now).adding(days: 1))
        if usage.calls >= dailyCalls {
            return .closed(
                until: tomorrow,
                Bilingual(
                    fr: "Plafond du jour atteint : \(usage.calls) appels de fax (fax.daily_calls).",
                    en: "Today's ceiling is reached: \(usage.calls) fax calls (fax.daily_calls)."))
        }
        if usage.pages >= dailyPages {
            return .closed(
                until: tomorrow,
                Bilingual(
                    fr: "Plafond du jour atteint : \(usage.pages) pages de fax (fax.daily_pages).",
                    en: "Today's ceiling is reached: \(usage.pages) fax pages (fax.daily_pages)."))
        }
        return .open(dailyCalls - usage.calls)
    }
}

/// Whether something may be begun on a channel.
package enum Allowance: Hashable, Sendable {
    /// So many at most.
    case open(Int)
    /// Not before an instant, and why.
    case closed(until: Timestamp, Bilingual)
}
