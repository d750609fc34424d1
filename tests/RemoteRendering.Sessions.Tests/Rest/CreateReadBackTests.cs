using Azure;

namespace RemoteRendering.Sessions.Tests.Rest;

/// <summary>A create whose first reply was lost and whose repetition conflicts: the session that is read decides the outcome.</summary>
public sealed class CreateReadBackTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Standard", "20")]
    [InlineData("standard", "20")]
    [InlineData("Standard", "21")]
    public async Task Create_SessionAsAsked_Succeeds(string size, string lease)
        => Assert.Equal("s1", (await CreateAsync($"\"size\":\"{size}\",\"maxLeaseTimeMinutes\":{lease}")).SessionUuid);

    [Theory]
    [InlineData("Premium", "20")]
    [InlineData("Standard", "19")]
    public async Task Create_SessionWithOtherSettings_IsAConflict(string size, string lease)
    {
        RequestFailedException exception = await Assert.ThrowsAsync<RequestFailedException>(
            () => CreateAsync($"\"size\":\"{size}\",\"maxLeaseTimeMinutes\":{lease}"));

        Assert.Equal((409, RemoteRenderingErrorCode.Conflict), (exception.Status, exception.ErrorCode));
    }

    /// <summary>It may be the session of the lost try, which runs and is billed.</summary>
    [Theory]
    [InlineData("\"size\":\"Standard\"")]
    [InlineData("\"size\":\"Standard\",\"maxLeaseTimeMinutes\":-1")]
    [InlineData("\"maxLeaseTimeMinutes\":20")]
    [InlineData("\"size\":7,\"maxLeaseTimeMinutes\":20")]
    public async Task Create_SessionWhoseSettingsCannotBeRead_IsUnknown(string members)
    {
        RenderingOutcomeUnknownException exception = await Assert.ThrowsAsync<RenderingOutcomeUnknownException>(() => CreateAsync(members));

        Assert.Equal(("Create", "s1", 409), (exception.Operation, exception.SessionId, exception.Status));
    }

    private static async Task<RenderingSession> CreateAsync(string members)
    {
        ScriptedService service = new ScriptedService().ThenCut().Then(409).Then(200, $$"""{"id":"s1","status":"Starting",{{members}}}""");
        var options = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20.0), RenderingSessionVmSize.Standard) { SessionId = "s1" };
        return await service.Client().CreateNewRenderingSessionAsync(options, Cancellation);
    }
}
