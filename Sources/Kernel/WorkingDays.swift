/// Working days in the Netherlands: Monday to Friday, without the days the law calls a general holiday
/// and those equal to it (Algemene termijnenwet, art. 3).
public enum WorkingDays {
  public static func isWorkingDay(_ date: LocalDate) -> Bool { date.weekday <= 5 && !isHoliday(date) }

  /// The day that is so many working days after the given day.
  public static func after(_ date: LocalDate, count: Int) -> LocalDate {
    var day = date
    var left = count
    while left > 0 {
      day = day.adding(days: 1)
      if isWorkingDay(day) { left -= 1 }
    }
    return day
  }

  public static func isHoliday(_ date: LocalDate) -> Bool {
    let (year, month, day) = date.parts
    let fixed = [(1, 1), (5, 5), (12, 25), (12, 26)].contains { $0 == (month, day) }
    if fixed || date == kingsDay(year) { return true }
    // Good Friday, Easter Sunday and Monday, Ascension, Whit Sunday and Monday.
    return [-2, 0, 1, 39, 49, 50].contains(date.days(since: easter(year)))
  }

  private static func kingsDay(_ year: Int) -> LocalDate? {
    guard let day = LocalDate(year: year, month: 4, day: 27) else { return nil }
    return day.weekday == 7 ? day.adding(days: -1) : day
  }

  /// Easter Sunday by the anonymous Gregorian algorithm (Meeus/Jones/Butcher).
  static func easter(_ year: Int) -> LocalDate {
    let a = year % 19
    let (b, c) = year.quotientAndRemainder(dividingBy: 100)
    let (d, e) = b.quotientAndRemainder(dividingBy: 4)
    let g = (b - (b + 8) / 25 + 1) / 3
    let h = (19 * a + b - d - g + 15) % 30
    let (i, k) = c.quotientAndRemainder(dividingBy: 4)
    let l = (32 + 2 * e + 2 * i - h - k) % 7
    let m = (a + 11 * h + 22 * l) / 451
    let (month, day) = (h + l - 7 * m + 114).quotientAndRemainder(dividingBy: 31)
    return LocalDate(year: year, month: month, day: day + 1) ?? LocalDate(dayNumber: 0)
  }
}
