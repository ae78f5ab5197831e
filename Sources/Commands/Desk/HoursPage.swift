import Configuration
import SupportDesk

/// The week at the desk and the coming closed days.
struct HoursPage {
    private let desk: KnownDesk
    private let now: Timestamp
    private let week: [DeskDayPlan]
    /// Day by day, for programs.
    private let closed: [(day: CalendarDate, name: Bilingual)]
    private let closings: [DeskClosing]
    private static let count = 12

    init(_ desk: KnownDesk, at now: Timestamp) {
        self.desk = desk
        self.now = now
        let today = desk.calendar.zone.day(now)
        week = desk.calendar.week(from: today)
        closed = desk.calendar.holidays.list(from: today, count: Self.count)
        closings = DeskClosing.list(from: today, of: desk.calendar, count: Self.count)
    }

    func print(in context: CommandContext) {
        let language = context.language
        desk.printHeading(at: now, in: context)
        context.output.line()
        var days = Table(indent: 2)
        days.wraps = true
        for plan in week {
            let name = plan.closing ?? (plan.isSpecial ? Self.special : nil)
            let why = name.map { " (\($0[language]))" } ?? ""
            let hours =
                plan.hours.isEmpty ? context.say(fr: "fermé", en: "closed") : plan.hours.replacing(" ", with: "  ")
            days.add([
                Table.Cell(plan.day.weekdayName[language]), Table.Cell(plan.day.text(in: language), .dim),
                Table.Cell(hours + why, plan.hours.isEmpty ? .dim : .plain),
            ])
        }
        days.print(in: context)
        printClosings(in: context)
        if let due = desk.due(now) {
            let text = desk.calendar.zone.longText(due, in: language)
            context.output.line()
            let sentence = context.say(
                fr: "La réponse à une question remise maintenant est due \(text).",
                en: "The answer to a question relayed now is due \(text).")
            for line in sentence.wrapped(to: context.width ?? .max) { context.output.line(line) }
        }
    }

    private static let special = Bilingual(fr: "horaire particulier", en: "special hours")

    private func printClosings(in context: CommandContext) {
        guard !closings.isEmpty else { return }
        context.output.line()
        context.output.line(
            Style.bold.on(context.say(fr: "Jours fermés à venir", en: "Coming closed days"), in: context))
        var table = Table(indent: 2)
        table.wraps = true
        for closing in closings {
            table.add([Table.Cell(closing.text(in: context.language)), Table.Cell(closing.name[context.language])])
        }
        table.print(in: context)
    }

    /// The same for programs.
    var view: View {
        View(
            name: desk.settings.name, timezone: desk.settings.timezone, opening: OpeningView(desk, at: now),
            week: week.map { plan in
                View.Day(
                    date: "\(plan.day)", hours: plan.hours.split(separator: " ").map(String.init),
                    closing: plan.closing.map { View.Name($0) })
            },
            holidays: closed.map { View.Holiday(date: "\($0.day)", name: $0.name.english, nameFR: $0.name.french) })
    }

    struct View: Encodable {
        var name: String
        var timezone: String
        var opening: OpeningView
        var week: [Day]
        var holidays: [Holiday]

        struct Day: Encodable {
            var date: String
            /// Wall time, as `09:00-12:30`.
            var hours: [String]
            var closing: Name?

            enum CodingKeys: String, CodingKey { case date, hours, closing }

            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(date, forKey: .date)
                try container.encode(hours, forKey: .hours)
                try container.encode(closing, forKey: .closing)
            }
        }

        struct Name: Encodable {
            var text: String
            var textFR: String

            init(_ name: Bilingual) {
                text = name.english
                textFR = name.french
            }

            enum CodingKeys: String, CodingKey {
                case text
                case textFR = "text_fr"
            }
        }

        struct Holiday: Encodable {
            var date: String
            var name: String
            var nameFR: String

            enum CodingKeys: String, CodingKey {
                case date, name
                case nameFR = "name_fr"
            }
        }

        /// What `--at` prints stands beside the rest.
        enum CodingKeys: String, CodingKey { case name, timezone, week, holidays }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try container.encode(timezone, forKey: .timezone)
            try container.encode(week, forKey: .week)
            try container.encode(holidays, forKey: .holidays)
            try opening.encode(to: encoder)
        }
    }
}
