public import Kernel

/// Dates and times as people here write them: 3 maart 2026, 14.30 uur.
extension Texts {
  public func date(_ date: LocalDate) -> String {
    let (year, month, day) = date.parts
    return "\(day) \(self("month.\(month)")) \(year)"
  }

  /// Three letters, for under a drawing.
  public func shortMonth(_ month: Int) -> String { self("monthShort.\(month)") }

  /// Without the year when it is this one.
  public func shortDate(_ date: LocalDate, today: LocalDate) -> String {
    let (year, month, day) = date.parts
    return year == today.year ? "\(day) \(self("month.\(month)"))" : self.date(date)
  }

  public func weekdayAndDate(_ date: LocalDate) -> String {
    "\(self("weekday.\(date.weekday)")) \(date.parts.day) \(self("month.\(date.parts.month)"))"
  }

  public func time(_ instant: Instant) -> String {
    let (hour, minute) = RegionTime.amsterdam.time(of: instant)
    let minutes = minute < 10 ? "0\(minute)" : "\(minute)"
    return self("time", ["hour": String(hour), "minute": minutes])
  }

  public func moment(_ instant: Instant) -> String {
    "\(date(RegionTime.amsterdam.date(of: instant))), \(time(instant))"
  }

  /// "vandaag", "gisteren", "over 3 dagen", "12 dagen geleden".
  public func relative(_ date: LocalDate, today: LocalDate) -> String {
    switch date.days(since: today) {
    case 0: self("relative.today")
    case 1: self("relative.tomorrow")
    case -1: self("relative.yesterday")
    case let days where days > 0: self("relative.in", count: days)
    case let days: self("relative.ago", count: -days)
    }
  }
}
