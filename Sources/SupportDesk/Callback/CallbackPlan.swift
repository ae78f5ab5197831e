/// The window in which the desk calls back, and why it is this one. Pure: the time is given.
package struct CallbackPlan: Hashable, Sendable {
    package var window: Range<Timestamp>
    /// What was wished, where a time was.
    package var wished: Timestamp?
    package var cause: Cause
    /// The sentence for whoever asked: which window, and why.
    package var explanation: Bilingual
    /// The same where a person has yet to confirm it.
    package var proposal: Bilingual

    /// Why the window begins when it does.
    package enum Cause: String, Hashable, Sendable, CaseIterable {
        /// As wished; or at once, where no time was.
        case asWished = "as_wished"
        /// The wish lay in the past.
        case past
        /// On a holiday, or an exceptional closing.
        case holiday
        /// At night, over lunch, at the weekend.
        case closed
    }

    /// The next possible window of so much open time that begins when wished or after.
    ///
    /// - Parameter length: open time of a window.
    /// - Returns: nil where the desk does not open within two years.
    package init?(_ wish: CallbackWish, at now: Timestamp, calendar: BusinessCalendar, length: Duration) {
        var wished: Timestamp?
        if case .at(let instant) = wish { wished = instant }
        // Whole minutes: nobody is called back at 10:03:27.
        let earliest = max(wished ?? now, now).roundedUpToMinute
        guard let opening = calendar.opening(atOrAfter: earliest),
            let end = calendar.deadline(from: opening, after: length)
        else { return nil }
        self.wished = wished
        window = opening..<end
        if let wished, wished < now.roundedDownToMinute {
            cause = .past
        } else if calendar.isOpen(at: earliest) {
            cause = .asWished
        } else {
            cause = calendar.holidayName(at: earliest) == nil ? .closed : .holiday
        }
        let span = calendar.zone.span(window)
        let place = calendar.zone.identifier
        let why = Self.why(cause, wished: wished, earliest: earliest, calendar)
        explanation = Bilingual(
            fr: "Un technicien rappelle \(span.french) (\(place)).\(why.french)",
            en: "A technician calls back on \(span.english) (\(place)).\(why.english)")
        proposal = Bilingual(
            fr: "Retenu : une personne doit le confirmer. Créneau envisagé : \(span.french) (\(place)).\(why.french)",
            en: "Held: a person has to confirm it. Window in view: \(span.english) (\(place)).\(why.english)")
    }

    /// Why it is this window; nothing where it is as wished.
    private static func why(
        _ cause: Cause, wished: Timestamp?, earliest: Timestamp, _ calendar: BusinessCalendar
    ) -> Bilingual {
        let when = calendar.zone.longText(wished ?? earliest)
        let why: Bilingual
        switch cause {
        case .asWished: return Bilingual(fr: "", en: "")
        case .past:
            why = Bilingual(
                fr: "Le souhait, \(when.french), est passé : c'est le premier créneau possible.",
                en: "The wish, \(when.english), is over: this is the first possible window.")
        case .holiday:
            let name = calendar.holidayName(at: earliest) ?? Bilingual(fr: "jour férié", en: "holiday")
            why =
                wished == nil
                ? Bilingual(
                    fr: "L'assistance est fermée (\(name.french)) : c'est le premier créneau possible.",
                    en: "The desk is closed (\(name.english)): this is the first possible window.")
                : Bilingual(
                    fr: "Le souhait, \(when.french), tombe un jour fermé (\(name.french)) : c'est le premier créneau "
                        + "possible ensuite.",
                    en:
                        "The wish, \(when.english), falls on a closed day (\(name.english)): this is the first possible "
                        + "window after it.")
        case .closed:
            why =
                wished == nil
                ? Bilingual(
                    fr: "L'assistance est fermée en ce moment : c'est le premier créneau possible.",
                    en: "The desk is closed at the moment: this is the first possible window.")
                : Bilingual(
                    fr:
                        "Le souhait, \(when.french), tombe hors des heures d'ouverture : c'est le premier créneau possible "
                        + "ensuite.",
                    en: "The wish, \(when.english), falls outside opening hours: this is the first possible window "
                        + "after it.")
        }
        return Bilingual(fr: " \(why.french)", en: " \(why.english)")
    }
}

extension BusinessCalendar {
    /// The holiday or exceptional closing on the day of an instant.
    fileprivate func holidayName(at instant: Timestamp) -> Bilingual? { holidays.name(on: zone.day(instant)) }
}

extension Timestamp {
    /// The whole minute at or after this instant.
    fileprivate var roundedUpToMinute: Timestamp {
        let down = roundedDownToMinute
        return down == self ? self : down + .seconds(60)
    }

    fileprivate var roundedDownToMinute: Timestamp {
        let rest = milliseconds % 60_000
        return Timestamp(milliseconds: milliseconds - (rest < 0 ? rest + 60_000 : rest))
    }
}
