using System.Globalization;
using System.Text.RegularExpressions;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Checking;

public partial class HistoryCheckerTests
{
    private static readonly string[] _good =
    [
        """{"n":1,"t":0,"kind":"sessionCreated","session":"s","leaseMinutes":10,"bootMs":2000}""",
        """{"n":2,"t":2000,"kind":"bindAccepted","session":"s","epoch":1,"link":1,"client":"a","resumed":false,"graceMs":"""
            + """60000,"deadAfterMs":15000}""",
        """{"n":3,"t":2001,"kind":"requestStarted","session":"s","epoch":1,"id":1,"method":"echo"}""",
        """{"n":4,"t":2001,"kind":"requestFinished","session":"s","epoch":1,"id":1,"code":0}""",
        """{"n":5,"t":2500,"kind":"bindRefused","session":"s","client":"b","reason":"OtherSessionConnected"}""",
        """{"n":6,"t":3000,"kind":"requestStarted","session":"s","epoch":1,"id":2,"method":"echo"}""",
        """{"n":7,"t":4000,"kind":"linkLost","session":"s","epoch":1,"link":1,"cause":"lost","silentMs":1000}""",
        """{"n":8,"t":4100,"kind":"requestFinished","session":"s","epoch":1,"id":2,"code":0}""",
        """{"n":9,"t":9000,"kind":"bindAccepted","session":"s","epoch":1,"link":2,"client":"a","resumed":true,"graceMs":"""
            + """60000,"deadAfterMs":15000}""",
        """{"n":10,"t":9500,"kind":"sessionExtended","session":"s","leaseMinutes":20}""",
        """{"n":11,"t":20000,"kind":"linkLost","session":"s","epoch":1,"link":2,"cause":"dead","silentMs":15000}""",
        """{"n":12,"t":80000,"kind":"bindingEnded","session":"s","epoch":1,"cause":"graceOver"}""",
        """{"n":13,"t":81000,"kind":"bindAccepted","session":"s","epoch":2,"link":1,"client":"b","resumed":false,"graceMs":"""
            + """60000,"deadAfterMs":15000}""",
        """{"n":14,"t":81001,"kind":"frameFenced","session":"s","epoch":1,"link":2,"method":"echo","id":3}""",
        """{"n":15,"t":90000,"kind":"sessionStopped","session":"s"}""",
        """{"n":16,"t":90000,"kind":"bindingEnded","session":"s","epoch":2,"cause":"SessionStopped"}""",
    ];

    private static readonly HistoryChecker _strict = new(new HistoryCheckerOptions
    {
        Tolerance = TimeSpan.Zero, MaxLease = TimeSpan.FromMinutes(30), AllowExtensionWithoutDevice = false, RequireSessionsToEnd = true,
    });

    [Fact]
    public void Check_GoodHistory_NothingFound() => Assert.Empty(_strict.Check(_good));

    [Fact]
    public void Check_EveryTailOfAGoodHistory_NothingFound()
    {
        for (int start = 0; start <= _good.Length; start++)
        {
            Assert.Empty(_strict.Check(_good[start..]));
        }
    }

    [Fact]
    public void Check_GoodHistoryWithTimesThatBinaryFractionsDoNotHold_NothingFound()
        => Assert.Empty(
            _strict.Check(
                _good.Select(static line =>
                    Time().Replace(
                        line, static match
                            => $"\"t\":{decimal.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) + 499_762.7046m}"))));

    [Fact]
    public void Check_Reader_SameAsLines() =>
        Assert.Empty(_strict.Check(new StringReader(string.Join('\n', _good) + "\n\n")));

    [Theory]
    [InlineData("no json", HistoryRule.Format)]
    [InlineData("[]", HistoryRule.Format)]
    [InlineData("""{"t":95000,"kind":"x"}""", HistoryRule.Format)]
    [InlineData("""{"n":17,"kind":"x"}""", HistoryRule.Format)]
    [InlineData("""{"n":17,"t":95000}""", HistoryRule.Format)]
    [InlineData("""{"n":18,"t":95000,"kind":"x"}""", HistoryRule.Order)]
    [InlineData("""{"n":17,"t":1,"kind":"x"}""", HistoryRule.Order)]
    [InlineData(
        """{"n":17,"t":95000,"kind":"bindAccepted","session":"s","epoch":2,"link":1,"client":"b","resumed":false}""", HistoryRule.Order)]
    [InlineData(
        """{"n":17,"t":95000,"kind":"bindAccepted","session":"s","epoch":3,"link":2,"client":"b","resumed":true}""", HistoryRule.Order)]
    [InlineData("""{"n":17,"t":95000,"kind":"bindingEnded","session":"s","epoch":2,"cause":"graceOver"}""", HistoryRule.Order)]
    [InlineData("""{"n":17,"t":95000,"kind":"requestStarted","session":"s","epoch":2,"id":1}""", HistoryRule.Exclusivity)]
    [InlineData("""{"n":17,"t":95000,"kind":"sessionExtended","session":"s","leaseMinutes":25}""", HistoryRule.Cost)]
    public void Check_OneBadLineBehind_FoundByItsRule(string line, HistoryRule rule)
    {
        IReadOnlyList<HistoryFinding> findings = _strict.Check([.. _good, line]);

        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.Equal(rule, finding.Rule));
        Assert.Equal(17, findings[0].LineNumbers[^1]);
        Assert.Equal(line, findings[0].Lines[^1]);
        Assert.Contains(line, findings[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_SecondHolderBeforeTheFirstEnded_ExclusivityNamesBothBinds()
    {
        HistoryFinding finding = Assert.Single(
            Without("\"n\":12,"), found => found.Rule == HistoryRule.Exclusivity);

        Assert.Contains("\"epoch\":1", finding.Lines[0], StringComparison.Ordinal);
        Assert.Contains("\"epoch\":2", finding.Lines[1], StringComparison.Ordinal);
        Assert.Equal("s", finding.SessionId);
    }

    [Theory]
    [InlineData("\"client\":\"a\",\"resumed\":true", "\"client\":\"z\",\"resumed\":true", HistoryRule.Exclusivity)]
    [InlineData("\"link\":2,\"client\":\"a\",\"resumed\":true", "\"link\":3,\"client\":\"a\",\"resumed\":true", HistoryRule.Order)]
    [InlineData("\"client\":\"a\",\"resumed\":true", "\"client\":\"a\",\"resumed\":false", HistoryRule.Order)]
    [InlineData("\"link\":2,\"cause\":\"dead\"", "\"link\":1,\"cause\":\"dead\"", HistoryRule.Order)]
    [InlineData("\"t\":80000", "\"t\":80001", HistoryRule.GhostBound)]
    [InlineData("\"silentMs\":15000", "\"silentMs\":15001", HistoryRule.GhostBound)]
    [InlineData("\"epoch\":1,\"id\":2,\"method\"", "\"epoch\":1,\"id\":1,\"method\"", HistoryRule.ExactlyOnce)]
    [InlineData("\"epoch\":1,\"id\":2,\"method\"", "\"epoch\":1,\"id\":3,\"method\"", HistoryRule.ExactlyOnce)]
    [InlineData("\"epoch\":1,\"id\":2,\"code\"", "\"epoch\":1,\"id\":1,\"code\"", HistoryRule.ExactlyOnce)]
    [InlineData("\"epoch\":1,\"id\":2,\"code\"", "\"epoch\":1,\"id\":9,\"code\"", HistoryRule.ExactlyOnce)]
    [InlineData("\"leaseMinutes\":20", "\"leaseMinutes\":9", HistoryRule.Cost)]
    [InlineData("\"leaseMinutes\":20", "\"leaseMinutes\":31", HistoryRule.Cost)]
    public void Check_OneValueChanged_FoundByItsRule(string from, string to, HistoryRule rule)
    {
        string[] lines = [.. _good.Select(line => line.Replace(from, to, StringComparison.Ordinal))];

        Assert.NotEqual(_good, lines);
        Assert.Contains(_strict.Check(lines), finding => finding.Rule == rule);
    }

    [Theory]
    [InlineData(0, "z", false)] // A restart.
    [InlineData(1, "x", true)] // An older instance is back.
    [InlineData(1, null, true)]
    [InlineData(1, "y", false)] // The answer to the last bind of the newest was lost.
    [InlineData(0, "x", true)] // A superseded instance without a take-over.
    public void Check_DeviceBindsAgainWhileItHolds_OlderInstanceIsFound(long shown, string? instance, bool isFound)
    {
        string bind = Bind(5, 3, 1, instance, shown, resumed: false);

        IReadOnlyList<HistoryFinding> findings = new HistoryChecker()
            .Check([.. TwoInstances(), """{"n":4,"t":4,"kind":"bindingEnded","session":"s","epoch":2,"cause":"rebound"}""", bind]);

        Assert.All(findings, finding => Assert.Equal(HistoryRule.Fencing, finding.Rule));
        Assert.Equal(isFound, findings.Count > 0);
        Assert.Empty(
            new HistoryChecker()
                .Check(
                    [
                        .. TwoInstances(), """{"n":4,"t":4,"kind":"bindingEnded","session":"s","epoch":2,"cause":"unbound"}""",
                        Bind(5, 3, 1, "x", 0, resumed: false)
                    ]));
    }

    [Fact]
    public void Check_SupersededInstanceTakesOver_NothingFound() => Assert.Empty(new HistoryChecker().Check(
    [
        .. TwoInstances(),
        """{"n":4,"t":4,"kind":"bindingEnded","session":"s","epoch":2,"cause":"rebound"}""",
        Bind(5, 3, 1, "x", 0, resumed: false).Replace("\"takeOver\":false", "\"takeOver\":true", StringComparison.Ordinal),
    ]));

    [Theory]
    [InlineData("y", false)]
    [InlineData("z", true)]
    public void Check_ResumeByAnotherInstance_Found(string instance, bool isFound)
    {
        IReadOnlyList<HistoryFinding> findings = new HistoryChecker().Check([.. TwoInstances(), Bind(4, 2, 2, instance, 2, resumed: true)]);

        Assert.All(findings, finding => Assert.Equal(HistoryRule.Fencing, finding.Rule));
        Assert.Equal(isFound, findings.Count > 0);
    }

    [Theory]
    [InlineData(20_000, null, false)] // The host was stopped for 20 s and says so.
    [InlineData(19_000, null, true)] // That is not long enough.
    [InlineData(0, null, true)] // A ghost.
    [InlineData(20_000, 70_000, true)] // It says that it slept, and wrote something meanwhile.
    public void Check_LateEndOfAGrace_IsAGhostUnlessTheHostSlept(int sleptMs, int? awakeAt, bool isGhost)
    {
        var lines = new List<string>
        {
            """{"n":1,"t":0,"kind":"bindAccepted","session":"s","epoch":1,"link":1,"client":"a","resumed":false,"graceMs":"""
                + """60000,"deadAfterMs":15000}""",
            """{"n":2,"t":1000,"kind":"linkLost","session":"s","epoch":1,"link":1,"cause":"lost","silentMs":1000}""",
        };
        if (awakeAt is { } moment)
        {
            lines.Add($$"""{"n":3,"t":{{moment}},"kind":"sessionCreated","session":"other"}""");
        }

        lines.Add($$"""{"n":{{lines.Count + 1}},"t":81000,"kind":"bindingEnded","session":"s","epoch":1,"cause":"graceOver"}""");
        lines.Add($$"""{"n":{{lines.Count + 1}},"t":81000,"kind":"hostSlept","ms":{{sleptMs}}}""");

        Assert.Equal(
            isGhost,
            new HistoryChecker(new HistoryCheckerOptions { Tolerance = TimeSpan.Zero }).Check(lines)
                .Any(finding => finding.Rule == HistoryRule.GhostBound));
    }

    [Theory]
    [InlineData(20_000, false)]
    [InlineData(2_000, true)]
    public void Check_SilentLink_IsAGhostUnlessTheHostSlept(int sleptMs, bool isGhost)
    {
        string[] lines =
        [
            """{"n":1,"t":0,"kind":"bindAccepted","session":"s","epoch":1,"link":1,"client":"a","resumed":false,"graceMs":"""
                + """60000,"deadAfterMs":15000}""",
            $$"""{"n":2,"t":25000,"kind":"hostSlept","ms":{{sleptMs}}}""",
            """{"n":3,"t":25000,"kind":"linkLost","session":"s","epoch":1,"link":1,"cause":"dead","silentMs":25000}""",
        ];

        Assert.Equal(isGhost, new HistoryChecker().Check(lines).Any(finding => finding.Rule == HistoryRule.GhostBound));
    }

    private static IEnumerable<string> TwoInstances() =>
    [
        Bind(1, 1, 1, "x", 0, resumed: false),
        """{"n":2,"t":2,"kind":"bindingEnded","session":"s","epoch":1,"cause":"rebound"}""",
        Bind(3, 2, 1, "y", 0, resumed: false),
    ];

    private static string Bind(int number, long epoch, long link, string? instance, long shown, bool resumed)
        => System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["n"] = number, ["t"] = number, ["kind"] = "bindAccepted", ["session"] = "s", ["epoch"] = epoch, ["link"] = link, ["client"] = "a",
        ["instance"] = instance, ["shownEpoch"] = shown, ["takeOver"] = false, ["resumed"] = resumed,
    });

    [Fact]
    public void Check_SessionNeverStopped_CostSaysSo() =>
        Assert.Contains(Without("\"n\":15,"), finding => finding.Rule == HistoryRule.Cost);

    [Fact]
    public void Check_LeaseRanOut_SessionCountsAsEnded() =>
        Assert.Empty(_strict.Check([_good[0], """{"n":2,"t":602000,"kind":"somethingElse"}"""]));

    [Fact]
    public void Check_GhostAtTheEndOfTheHistory_Found() =>
        Assert.Contains(
            new HistoryChecker().Check([.. _good[..11], """{"n":12,"t":80251,"kind":"fault"}"""]),
            finding => finding.Rule == HistoryRule.GhostBound);

    [Fact]
    public void Check_BindingThatNeverGotALink_GraceCountsFromItsBeginning()
    {
        const string Accepted =
            """{"n":1,"t":0,"kind":"bindAccepted","session":"s","epoch":1,"link":0,"client":"a","resumed":false,"graceMs":"""
            + """60000,"deadAfterMs":15000}""";

        Assert.Empty(_strict.Check([Accepted, """{"n":2,"t":60000,"kind":"bindingEnded","session":"s","epoch":1,"cause":"graceOver"}"""]));
        Assert.Equal(
            HistoryRule.GhostBound,
            Assert.Single(
                _strict.Check([Accepted, """{"n":2,"t":60001,"kind":"bindingEnded","session":"s","epoch":1,"cause":"graceOver"}"""])).Rule);
    }

    [Fact]
    public void Check_TwoSessions_KeptApart()
    {
        IEnumerable<string> both =
            _good.SelectMany(line => new[] { line, line.Replace("\"session\":\"s\"", "\"session\":\"t\"", StringComparison.Ordinal) });

        Assert.Empty(_strict.Check(both.Select((line, index) => Numbered(line, index + 1))));
    }

    [Fact]
    public async Task Check_WhatTheHostItselfWrites_NothingFound()
    {
        await using var host = new HostFixture(behavior => behavior.AllowTakeOver = true);
        TestDevice first = await host.BindAsync("a");
        await first.CallAsync(1);
        host.HostFaults.Cut();
        await host.UntilAsync("linkLost");
        TestDevice second = host.Connect("a");
        await second.BindAsync(epoch: 1);
        await second.CallAsync(1);
        await second.CallAsync(2);
        TestDevice taker = host.Connect("b");
        await taker.BindAsync(takeOver: true);
        await taker.CallAsync(1);
        host.HostFaults.Crash();
        await host.Connect("b").BindAsync(epoch: 2);
        await host.Time.PassAsync(TimeSpan.FromSeconds(75));
        Assert.Equal("graceOver", host.Events("bindingEnded").Last()["cause"]);

        Assert.Empty(new HistoryChecker(new HistoryCheckerOptions { Tolerance = TimeSpan.Zero }).Check(host.Lines()));
        Assert.NotEmpty(host.Lines());
    }

    private static IReadOnlyList<HistoryFinding> Without(string part) =>
        _strict.Check(
            _good.Where(line => !line.Contains(part, StringComparison.Ordinal)).Select((line, index) => Numbered(line, index + 1)));

    private static string Numbered(string line, int number) =>
        NumberMember().Replace(line, string.Create(CultureInfo.InvariantCulture, $"\"n\":{number},"), 1);

    [GeneratedRegex("\"n\":[0-9]+,")]
    private static partial Regex NumberMember();

    [GeneratedRegex("\"t\":([0-9]+)")]
    private static partial Regex Time();
}
