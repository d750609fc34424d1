using System.Globalization;
using RemoteRendering.Sessions.Emulator.Service.Sessions;

namespace RemoteRendering.Sessions.Emulator.Service.Rest;

/// <summary>The session service of the public preview, which made the ids itself.</summary>
internal sealed class SessionServiceV1(SessionStore store, ResponseFactory responses) : ISessionService
{
    private const string LeaseMember = "maxLeaseTime";

    public EmulatedResponse Handle(RouteMatch match, EmulatedRequest request) => match.Route!.Operation switch
    {
        EmulatorOperation.Create => Create(match, request),
        EmulatorOperation.Read => Read(match, request),
        EmulatorOperation.Update => Update(match, request),
        EmulatorOperation.Stop => Stop(match),
        _ => List(match, request),
    };

    private EmulatedResponse Create(RouteMatch match, EmulatedRequest request)
    {
        using RequestBody body = RequestBody.Read(request, singleQuotes: true);
        int lease = ReadLease(body);
        IReadOnlyList<string> models = body.Strings("models");
        for (int i = 0; i < models.Count; i++)
        {
            if (!Uri.IsWellFormedUriString(models[i], UriKind.Absolute))
            {
                // Not quoted: such an address may carry a signature that opens a storage account.
                throw new BodyRefusedException($"The models value at position {i} is not an absolute URL.");
            }
        }

        string id = Guid.NewGuid().ToString("D");
        store.Create(match.AccountId, id, body.Size("size"), lease, models);
        ReadOnlyMemory<byte> answer = ServiceJson.Write(id, static (json, value) =>
        {
            json.WriteStartObject();
            json.WriteString("sessionId"u8, value);
            json.WriteEndObject();
        });
        return responses.Success(ServiceGeneration.V1, 202, answer)
            .With("Location", $"{request.Scheme}://{request.Authority}/v1/accounts/{match.AccountId:D}/sessions/{id}/properties");
    }

    private EmulatedResponse Read(RouteMatch match, EmulatedRequest request)
    {
        SessionResult result = store.Read(match.AccountId, match.SessionId!);
        return result.Answer == SessionAnswer.NotFound
            ? NotFound(match)
            : responses.Success(ServiceGeneration.V1, 200, ServiceJson.Write(
                (result.View, request, responses.Shape), static (json, session) => SessionWriterV1.Write(json, session.View, session.request, session.Shape)));
    }

    private EmulatedResponse Update(RouteMatch match, EmulatedRequest request)
    {
        using RequestBody body = RequestBody.Read(request, singleQuotes: true);
        SessionResult result = store.Extend(match.AccountId, match.SessionId!, ReadLease(body), request.EffectAfter);
        return result.Answer switch
        {
            SessionAnswer.Ok => responses.Success(ServiceGeneration.V1, 200),
            SessionAnswer.NotFound => NotFound(match),
            // The description of v1 knows no 422.
            SessionAnswer.LeaseEnded => responses.BadRequest(ServiceGeneration.V1, $"The session is {result.View.State} and its lease cannot be extended."),
            _ => responses.BadRequest(ServiceGeneration.V1, string.Create(
                CultureInfo.InvariantCulture, $"The {LeaseMember} value must be greater than the current value of {result.View.LeaseMinutes} minutes.")),
        };
    }

    private EmulatedResponse Stop(RouteMatch match)
        => store.Stop(match.AccountId, match.SessionId!).Answer == SessionAnswer.NotFound ? NotFound(match) : responses.Success(ServiceGeneration.V1, 204);

    private EmulatedResponse List(RouteMatch match, EmulatedRequest request)
    {
        // In v1 only the list of conversions had pages.
        SessionListing all = store.List(match.AccountId, after: 0, pageSize: int.MaxValue);
        return ResponseFactory.Uncached(responses.Success(ServiceGeneration.V1, 200, ServiceJson.Write((all, request, responses.Shape), static (json, list) =>
        {
            json.WriteStartObject();
            json.WriteStartArray("sessions"u8);
            foreach (SessionView view in list.all.Sessions)
            {
                SessionWriterV1.Write(json, view, list.request, list.Shape);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        })));
    }

    private static int ReadLease(RequestBody body)
    {
        string text = body.String(LeaseMember);
        if (text.StartsWith('-'))
        {
            throw new BodyRefusedException($"The {LeaseMember} value cannot be negative.");
        }

        return LegacyDuration.TryReadMinutes(text, out long minutes)
            ? LeaseRule.Check(LeaseMember, minutes)
            : throw new BodyRefusedException($"The {LeaseMember} value '{text}' is not a time span such as 4:0:0 or 1.00:00:00.");
    }

    private EmulatedResponse NotFound(RouteMatch match) => responses.NotFound(ServiceGeneration.V1, $"The account has no session '{match.SessionId}'.");
}
