using System.Globalization;
using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Tests.Pipeline.Support;

namespace RemoteRendering.Sessions.Tests.Pipeline;

public sealed class RetryAfterHeaderTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly VirtualTimeProvider _time = new(s_now);

    [Theory]
    [InlineData("Retry-After", "3", 3.0)]
    [InlineData("RETRY-AFTER", " 3 ", 3.0)]
    [InlineData("Retry-After", "99999999999999999999999999", 3600.0)]
    [InlineData("Retry-After", "3600", 3600.0)]
    [InlineData("Retry-After", "3601", 3600.0)]
    [InlineData("Retry-After", "Sun, 01 Mar 2026 12:00:05 GMT", 5.0)]
    [InlineData("retry-after-ms", "1500", 1.5)]
    [InlineData("x-ms-retry-after-ms", "250", 0.25)]
    public void Read_AWaitThatIsOne_IsRead(string header, string value, double seconds)
        => Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfterHeader.Read(new FakeResponse(429, null, (header, value)), _time));

    [Theory]
    [InlineData("Retry-After", "0")]
    [InlineData("Retry-After", "-3")]
    [InlineData("Retry-After", "+3")]
    [InlineData("Retry-After", "3.5")]
    [InlineData("Retry-After", "0x10")]
    [InlineData("Retry-After", "١٢")]
    [InlineData("Retry-After", "soon")]
    [InlineData("Retry-After", "")]
    [InlineData("Retry-After", "Sun, 01 Mar 2026 11:59:59 GMT")]
    [InlineData("Retry-After", "2026-03-01T12:00:05Z")]
    [InlineData("retry-after-ms", "0")]
    [InlineData("retry-after-ms", "Sun, 01 Mar 2026 12:00:05 GMT")]
    [InlineData("Another", "3")]
    public void Read_AWaitThatIsNone_IsAbsent(string header, string value)
        => Assert.Null(RetryAfterHeader.Read(new FakeResponse(429, null, (header, value)), _time));

    [Theory]
    [InlineData("Sun, 01 Mar 2026 10:00:00 GMT", 7200.0 + 5.0, 3600.0)]
    [InlineData("Sun, 01 Mar 2026 12:00:03 GMT", 5.0, 2.0)]
    [InlineData("yesterday", 5.0, 5.0)]
    public void Read_ADate_IsMeasuredFromTheDateOfTheAnswer(string date, double secondsFromNow, double expected)
    {
        string until = (s_now + TimeSpan.FromSeconds(secondsFromNow)).ToString("r", CultureInfo.InvariantCulture);

        Assert.Equal(
            TimeSpan.FromSeconds(expected),
            RetryAfterHeader.Read(new FakeResponse(429, null, ("Retry-After", until), ("Date", date)), _time));
    }

    [Fact]
    public void Read_SeveralHeaders_TakesTheMostExact_ThatCanBeRead()
    {
        (string, string)[] all = [("Retry-After", "9"), ("x-ms-retry-after-ms", "200"), ("retry-after-ms", "100")];

        Assert.Equal(TimeSpan.FromSeconds(0.1), RetryAfterHeader.Read(new FakeResponse(429, null, all), _time));
        Assert.Equal(TimeSpan.FromSeconds(0.2), RetryAfterHeader.Read(new FakeResponse(429, null, all[..2]), _time));
        Assert.Equal(
            TimeSpan.FromSeconds(9.0),
            RetryAfterHeader.Read(new FakeResponse(429, null, ("Retry-After", "9"), ("retry-after-ms", "x")), _time));
    }

    [Fact]
    public void Read_NoAnswer_IsAbsent()
    {
        Assert.Null(RetryAfterHeader.Read((Response?)null, _time));
        Assert.Null(RetryAfterHeader.Read((Exception?)null, _time));
        Assert.Null(RetryAfterHeader.Read(new IOException("Cut."), _time));
        Assert.Null(RetryAfterHeader.Read(new RequestFailedException(429, "No."), _time));
        Assert.False(RetryAfterHeader.AsksForTooLong(null, _time));
    }

    [Fact]
    public void Read_OfAFailure_LooksInside()
    {
        var answered = new RequestFailedException(new FakeResponse(429, null, ("Retry-After", "3")));
        var unknown = new RenderingOutcomeUnknownException("Stop", "s1", new IOException("Cut."))
        {
            LastAnswer = new FakeResponse(503, null, ("Retry-After", "4")),
        };

        Assert.Equal(TimeSpan.FromSeconds(3.0), RetryAfterHeader.Read(answered, _time));
        Assert.Equal(TimeSpan.FromSeconds(3.0), RetryAfterHeader.Read(new IOException("Cut.", new IOException("Cut.", answered)), _time));
        Assert.Equal(TimeSpan.FromSeconds(3.0), RetryAfterHeader.Read(new RenderingOutcomeUnknownException("Stop", "s1", answered), _time));
        Assert.Equal(TimeSpan.FromSeconds(4.0), RetryAfterHeader.Read(unknown, _time));
    }

    [Theory]
    [InlineData("299", false)]
    [InlineData("300", false)]
    [InlineData("301", true)]
    [InlineData("99999999999999999999", true)]
    public void AsksForTooLong_MoreThanFiveMinutes(string seconds, bool expected)
        => Assert.Equal(expected, RetryAfterHeader.AsksForTooLong(new FakeResponse(429, null, ("Retry-After", seconds)), _time));
}
