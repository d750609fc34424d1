namespace RemoteRendering.Sessions.Tests.Models;

public sealed class RemoteRenderingErrorCodeTests
{
    /// <summary>Applications compare and store the codes: a value never changes, and each constant is named after its value.</summary>
    [Fact]
    public void Codes_AreThoseOfEveryVersion()
    {
        (string Name, string? Value)[] constants =
        [
            .. typeof(RemoteRenderingErrorCode).GetFields().Select(static field => (field.Name, (string?)field.GetRawConstantValue())),
        ];

        Assert.All(constants, static constant => Assert.Equal(constant.Name, constant.Value));
        Assert.Equal(
            [
                "AccessTokenExpired", "AuthenticationFailed", "BadRequest", "Conflict", "Forbidden", "InternalServerError",
                "InvalidResponse", "NoAnswer", "OutcomeUnknown", "SessionNotFound", "TooManyRequests", "UnprocessableEntity",
            ],
            constants.Select(static constant => constant.Name).Order(StringComparer.Ordinal));
    }
}
