using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Tests.Diagnostics.Support;

namespace RemoteRendering.Sessions.Tests.Diagnostics;

/// <summary>Diagnostics/logging.md is the one table of what is told at which level, and the code keeps to it.</summary>
public partial class LogTableTests
{
    private const string EventAttribute = "[LoggerMessage(";

    [Fact]
    public void Page_AndCode_HaveTheSameRows_ById()
    {
        IReadOnlyList<(LogEvent Event, string When)> page = LogTable.ReadPage();
        Assert.Equal(
            LogTable.ReadCode(typeof(RemoteRenderingClient).Assembly).OrderBy(static row => row.Id).Select(static row => row.ToString()),
            page.Select(static row => row.Event.ToString()));
        Assert.All(page, static row => Assert.True(row.When.EndsWith('.'), $"{row.Event.Name} says not when."));
    }

    [Fact]
    public void Events_HaveAnIdAndANameEach_AndALevel()
    {
        IReadOnlyList<LogEvent> events = LogTable.ReadCode(typeof(RemoteRenderingClient).Assembly);
        Assert.True(events.Count > 50, $"{events.Count} events.");
        Assert.Equal(events.Count, events.Select(static row => row.Id).Distinct().Count());
        Assert.Equal(events.Count, events.Select(static row => row.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(
            events, static row => Assert.True(row.Id > 0 && row.Name.Length > 0 && row.Level != LogLevel.None.ToString(), row.ToString()));
    }

    [Fact]
    public void Ids_OfACategory_AreAHundredOfTheirOwn()
        => Assert.All(
            LogTable.ReadCode(typeof(RemoteRenderingClient).Assembly).GroupBy(static row => row.Id / 100),
            static range =>
                Assert.True(
                    range.Select(static row => row.Category).Distinct().Count() == 1 || range.Key == 4,
                    $"{range.Key}00: {string.Join(", ", range)}"));

    [Fact]
    public void Messages_NameTheSession_AreSentences_AndHaveNoQuotesAroundTheId()
        => Assert.All(
            LogTable.ReadCode(typeof(RemoteRenderingClient).Assembly),
            static row =>
            {
                Assert.DoesNotContain("'{", row.Message, StringComparison.Ordinal);
                Assert.True(row.Message[^1] is '.' or '}', row.ToString());
                Assert.DoesNotMatch("(?i)somebody|nobody|everybody|whoever|key|token}|secret", row.Message);
            });

    [Fact]
    public void OnlyEventsOfTheTable_AreLogged_AndOnlyByTheCore()
    {
        IEnumerable<string> strangers = SourceFiles()
            .Where(static file => DirectLog().IsMatch(file.Text)
                || (file.Text.Contains(EventAttribute, StringComparison.Ordinal)
                    && !file.Path.StartsWith("RemoteRendering.Sessions/", StringComparison.Ordinal)))
            .Select(static file => file.Path)
            .Where(static path => path != "RemoteRendering.Sessions/Diagnostics/GuardedLogger.cs");
        Assert.Empty(strangers);
    }

    [Fact]
    public void EventIds_OfAllPackages_AreUnique()
    {
        (string Path, string Text)[] files = [.. SourceFiles()];
        (string Id, string Path)[] events = [
            .. files.SelectMany(static file => EventId().Matches(file.Text).Select(match => (match.Groups[1].Value, file.Path)))
        ];
        Assert.Equal(files.Sum(static file => file.Text.Split(EventAttribute).Length - 1), events.Length);
        Assert.True(events.Length > 50, $"{events.Length} events.");
        Assert.Empty(
            events.GroupBy(static found => found.Id).Where(static same => same.Count() > 1)
                .Select(static same => string.Join(" and ", same)));
    }

    private static IEnumerable<(string Path, string Text)> SourceFiles()
    {
        string source = Repository.PathOf("src");
        return Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: Path.GetRelativePath(source, path).Replace('\\', '/'), Text: File.ReadAllText(path)))
            .Where(static file =>
                !file.Path.Contains("/obj/", StringComparison.Ordinal) && !file.Path.Contains("/bin/", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(|[lL]ogger\.Log\(|LoggerMessage\.Define")]
    private static partial Regex DirectLog();

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?:EventId\s*=\s*)?([0-9]+)")]
    private static partial Regex EventId();
}
