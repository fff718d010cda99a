/// The small set of drawings.
public enum Icon {
  public static let mark: StaticString = """
    <svg width="30" height="26" viewBox="0 0 30 26" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M4 13 15 4l11 9"/><path d="M7.5 11.5V19"/><path d="M22.5 11.5V19"/><path d="M2 23c6-4.5 20-4.5 26 0"/></svg>
    """
  public static let search: StaticString = """
    <svg width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true"><circle cx="8.5" cy="8.5" r="5.5"/><path d="m13 13 4 4"/></svg>
    """
  public static let check: StaticString = """
    <svg width="18" height="18" viewBox="0 0 18 18" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="m3 9.5 4 4L15 5"/></svg>
    """
  public static let phone: StaticString = """
    <svg width="18" height="18" viewBox="0 0 18 18" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linejoin="round" aria-hidden="true"><path d="M3 3.5c0 6.5 5 11.5 11.5 11.5v-3l-3-1.2-1.5 1.5C7.600 11 6.300 9.700 5.500 8L7 6.500 5.800 3.500z"/></svg>
    """
  public static let lock: StaticString = """
    <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.8" aria-hidden="true"><rect x="3" y="7" width="10" height="7" rx="2"/><path d="M5 7V5a3 3 0 0 1 6 0v2"/></svg>
    """
  private static let groups: [String: StaticString] = [
    "person": "M10 9.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM3 17.500c.5-4 3.500-6 7-6s6.500 2 7 6",
    "way": "M4 17V3M4 4h10l-2.500 3L14 10H4M16.500 17h.1M12.500 17h.1M8.500 17h.1",
    "home": "M3 9.500 10 3l7 6.500M5 8.500V17h10V8.500M10 17v-4",
    "health":
      "M10 16.500C4 12.500 2.500 9.500 2.500 7a3.700 3.700 0 0 1 7.500-.8A3.700 3.700 0 0 1 17.500 7c0 2.500-1.500 5.500-7.500 9.500Z",
    "help": "M3 4h14v9.500H9L5.500 17v-3.500H3ZM6.500 7.500h7M6.500 10h4.500",
  ]

  /// A drawing for a group of what one shares.
  public static func group(_ name: String, _ html: inout HTML) {
    html(
      .svg, .viewBox("0 0 20 20"), .svg("fill", "none"), .svg("stroke-width", "1.700"),
      .svg("stroke-linecap", "round"), .svg("stroke-linejoin", "round"), .aria(.hidden, "true"), .class("sign")
    ) { html in
      if let path = groups[name] { html(.path, .d("\(path)")) }
    }
  }

  static let moods: [StaticString] = [
    "M8 16.500c2-2.600 6-2.600 8 0M8.600 9.500h.1M15.300 9.500h.1",
    "M8.500 15.800c2-1.300 5-1.300 7 0M8.600 9.500h.1M15.300 9.500h.1",
    "M8.500 15h7M8.600 9.500h.1M15.300 9.500h.1", "M8 14c2 2 6 2 8 0M8.600 9.500h.1M15.300 9.500h.1",
    "M7.500 13.500c1.600 4 7.400 4 9 0M8.600 9.500h.1M15.300 9.500h.1",
  ]

  /// A face for a check-in of 1 (bad) to 5 (great).
  public static func mood(_ score: Int, _ html: inout HTML) {
    let path = moods[max(1, min(5, score)) - 1]
    html(
      .svg, .viewBox("0 0 24 24"), .svg("fill", "none"), .svg("stroke-width", "1.8"), .svg("stroke-linecap", "round"),
      .aria(.hidden, "true"), .class("mood")
    ) { html in
      html(.circle, .svg("cx", "12"), .svg("cy", "12"), .svg("r", "9.5"))
      html(.path, .d("\(path)"))
    }
  }
}
