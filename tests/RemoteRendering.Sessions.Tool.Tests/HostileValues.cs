namespace RemoteRendering.Sessions.Tool.Tests;

/// <summary>Texts that a script passes by mistake, and texts that break parsers.</summary>
internal static class HostileValues
{
    /// <summary>None of them is a number as the tool takes it, and none an address to which anything could be sent.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        string.Empty, " ", "abc", "-1", "+1", "1,5", "1.5s", "1e9", "NaN", "Infinity", "-Infinity", "99999999999999999999", "0x10", "٣",
        " 5", "5 ", "5\n", "1_000", "1.2.3",
        "\0", "a\nb", "a\r\nX-Evil: 1", "\u001b[31m", new string('x', 10_000),
        new string('9', 400), "@file", "@/dev/zero", "-", "[bold]x[/]", "[suggest:x]", "{0}", "%s%n", "$(id)", "../..", ".", "/",
        "/dev/full",
        "/no/such/folder/file", "😀", "\ud800", "true", "null", "http://", "http://[::1", "http://127.0.0.1:99999/",
        "http://user:pw@", "http:///#x", "ftp://127.0.0.1/", "file:///etc/passwd",
        "00000000-0000-0000-0000-000000000000",
    ];
}
