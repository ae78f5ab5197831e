import Configuration
import Platform
import SupportDesk

/// What the configuration says of the desk: enough to tell its hours and coordinates without asking the daemon.
struct KnownDesk {
    let settings: Settings.Desk
    let promise: ResponsePromise

    var calendar: BusinessCalendar { promise.calendar }

    init(_ settings: Settings.Desk) throws(CommandFailure) {
        guard let zone = Zone.named(settings.timezone) else {
            throw CommandFailure(
                .configuration, code: "unknown_timezone",
                fr: "desk.timezone : cette machine ne connaît pas le fuseau « \(settings.timezone) ».",
                en: "desk.timezone: this machine does not know the time zone “\(settings.timezone)”.")
        }
        self.settings = settings
        promise = ResponsePromise(
            calendar: BusinessCalendar(hours: settings.hours, holidays: settings.holidays, zone: zone),
            response: settings.response)
    }

    /// When an answer is due to something that is relayed at an instant; nil where the desk does not open.
    func due(_ instant: Timestamp) -> Timestamp? { calendar.deadline(from: instant, after: settings.response) }

    /// Open until when, or closed until when.
    func state(at instant: Timestamp, in context: CommandContext) -> Table.Cell {
        let zone = calendar.zone
        let language = context.language
        guard calendar.isOpen(at: instant) else {
            guard let next = calendar.nextOpening(after: instant) else {
                return Table.Cell(context.say(fr: "fermé", en: "closed"), .yellow)
            }
            guard zone.day(next) == zone.day(instant) else {
                let when = zone.longText(next, in: language)
                return Table.Cell(context.say(fr: "fermé, ouvre \(when)", en: "closed, opens \(when)"), .yellow)
            }
            let clock = zone.civil(next).clock
            return Table.Cell(context.say(fr: "fermé, ouvre à \(clock)", en: "closed, opens at \(clock)"), .yellow)
        }
        guard let end = calendar.closing(ofWindowAt: instant) else {
            return Table.Cell(context.say(fr: "ouvert", en: "open"), .green)
        }
        let isToday = zone.day(end) == zone.day(instant)
        let when = isToday ? zone.civil(end).clock : zone.longText(end, in: language)
        return Table.Cell(context.say(fr: "ouvert jusqu'à \(when)", en: "open until \(when)"), .green)
    }

    /// Which desk, whether somebody is there, and whose time is told; below each other where they do not fit.
    func printHeading(at instant: Timestamp, in context: CommandContext) {
        context.print(beside: [
            Table.Cell(settings.name.harmless, .bold), state(at: instant, in: context),
            Table.Cell("(\(settings.timezone.harmless))", .dim),
        ])
    }
}
