using RemoteRendering.Sessions.Tests.Leases.Support;

namespace RemoteRendering.Sessions.Tests.Leases;

/// <summary>Clock steps, suspends and drift: no lapse goes unnoticed.</summary>
public class ClockTableTests
{
    public static TheoryData<string, double> Cells()
    {
        var data = new TheoryData<string, double>();
        foreach (string disturbance in ClockTable.Disturbances)
        {
            foreach (TimeSpan moment in ClockTable.Moments)
            {
                data.Add(disturbance, moment.TotalSeconds);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Lapse_AfterWhateverHappenedToTheClocks_IsNoticed(string disturbance, double atSecond)
    {
        ClockTableCell cell = ClockTable.Try(disturbance, TimeSpan.FromSeconds(atSecond));
        Assert.True(cell.IsNoticed, $"{disturbance} at {atSecond} s");
    }

    [Fact]
    public void Page_ShowsWhatWasTried()
        => Assert.Contains(
            "<!-- clock table -->\n" + ClockTable.ToMarkdown(), Repository.Read("src/RemoteRendering.Sessions/Leases/leases.md"),
            StringComparison.Ordinal);
}
