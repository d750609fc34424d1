using RemoteRendering.Sessions.Models;

namespace RemoteRendering.Sessions.Tests.Models;

/// <summary>The table of all statuses against each other, in both orders of the requests, and the lease of the result.</summary>
public sealed class SessionMergeTests
{
    /// <summary>The statuses in the order in which a session has them. An older answer does not replace one of the same place.</summary>
    private static readonly string[][] s_places =
    [
        ["Unknown"], ["Starting"], ["Ready", "Hibernating"], ["Stopping"], ["Stopped", "Expired", "Error"],
    ];

    public static TheoryData<string, string, bool, bool> Places()
    {
        var rows = new TheoryData<string, string, bool, bool>();
        for (int known = 0; known < s_places.Length; known++)
        {
            for (int heard = 0; heard < s_places.Length; heard++)
            {
                foreach ((string one, string other) in s_places[known].SelectMany(_ => s_places[heard], ValueTuple.Create))
                {
                    rows.Add(one, other, true, heard < known);
                    rows.Add(one, other, false, heard <= known);
                }
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void IsStale_AnEarlierStatus_OrAnOlderAnswerOfTheSame(string known, string heard, bool isNewer, bool isStale)
    {
        RenderingSessionProperties before = Session(known, 10);
        RenderingSessionProperties answer = Session(heard, 10);

        Assert.Equal(isStale, SessionMerge.IsStale(before, answer, isNewer));
        Assert.Same(isStale ? before : answer, SessionMerge.Merge(before, answer, isNewer));
    }

    [Theory]
    [InlineData("Forgotten", "Ready", true, false)]
    [InlineData("Forgotten", "Starting", true, false)]
    [InlineData("Forgotten", "Stopped", true, false)]
    [InlineData("Forgotten", "Ready", false, true)]
    [InlineData("Forgotten", "Stopped", false, true)]
    [InlineData("Forgotten", "Forgotten", true, true)]
    [InlineData("Ready", "Forgotten", true, false)]
    [InlineData("Unknown", "Forgotten", true, false)]
    [InlineData("Ready", "Forgotten", false, true)]
    [InlineData("Stopped", "Forgotten", true, true)]
    [InlineData("Error", "Forgotten", true, true)]
    public void IsStale_Forgotten_GivesWayToAReportedState(string known, string heard, bool isNewer, bool isStale)
        => Assert.Equal(isStale, SessionMerge.IsStale(Session(known), Session(heard), isNewer));

    [Theory]
    [InlineData("ready", "STARTING")]
    [InlineData("stopped", "Ready")]
    public void IsStale_StatusInAnotherCase_IsTheSameStatus(string known, string heard)
        => Assert.True(SessionMerge.IsStale(Session(known), Session(heard), isNewer: true));

    [Theory]
    [InlineData("Ready", 20, 10, 20)]
    [InlineData("Ready", 20, null, 20)]
    [InlineData("Ready", 10, 20, 20)]
    [InlineData("Ready", null, 20, 20)]
    [InlineData("Stopped", 10, 20, 10)]
    [InlineData("Forgotten", 10, 20, 10)]
    public void Merge_StaleAnswer_GivesOnlyALongerLeaseToARunningSession(string known, int? knownLease, int? heardLease, int? lease)
    {
        RenderingSessionProperties before = Session(known, knownLease);

        RenderingSessionProperties merged = SessionMerge.Merge(before, Session("Starting", heardLease), isNewer: false);

        Assert.Equal((before.Status, Minutes(lease)), (merged.Status, merged.MaxLeaseTime));
        Assert.Equal(Minutes(knownLease), before.MaxLeaseTime);
    }

    [Theory]
    [InlineData(20, null, 20)]
    [InlineData(20, 30, 30)]
    [InlineData(20, 10, 10)]
    [InlineData(null, null, null)]
    [InlineData(null, 10, 10)]
    public void Merge_NewerAnswer_KeepsTheKnownLeaseOnlyWhenItHasNone(int? knownLease, int? heardLease, int? lease)
    {
        RenderingSessionProperties heard = Session("Ready", heardLease);

        RenderingSessionProperties merged = SessionMerge.Merge(Session("Starting", knownLease), heard, isNewer: true);

        Assert.Equal((RenderingSessionStatus.Ready, Minutes(lease)), (merged.Status, merged.MaxLeaseTime));
        Assert.Equal(Minutes(heardLease), heard.MaxLeaseTime);
    }

    private static RenderingSessionProperties Session(string status, int? lease = null)
        => new("s1", status, RenderingSessionVmSize.Standard) { MaxLeaseTime = Minutes(lease) };

    private static TimeSpan? Minutes(int? minutes) => minutes is { } value ? TimeSpan.FromMinutes((double)value) : null;
}
