using System.Globalization;
using RemoteRendering.Sessions.Emulator.Service.Sessions;

namespace RemoteRendering.Sessions.Emulator.Service.Rest;

/// <summary>The session service in its versions 2021-01-01-preview, 2021-01-01 and 2021-08-01-preview, which differ in nothing that concerns sessions.</summary>
internal sealed class SessionService2021(SessionStore store, ResponseFactory responses, SessionEmulatorOptions options) : ISessionService
{
    private const string LeaseMember = "maxLeaseTimeMinutes";

    public EmulatedResponse Handle(RouteMatch match, EmulatedRequest request)
    {
        string? version = QueryText.Value(match.Query, "api-version");
        if (string.IsNullOrEmpty(version))
        {
            return Refuse(400, "ApiVersionUnspecified", "An API version is required, but was not specified.");
        }

        if (!ResponseFactory.Takes(version))
        {
            return Refuse(400, "UnsupportedApiVersion", $"The API version '{version}' is not supported. Supported versions are: {responses.SupportedVersions}.");
        }

        return match.Route!.Operation switch
        {
            EmulatorOperation.Create => Create(match, request),
            EmulatorOperation.Read => Read(match, request),
            EmulatorOperation.Update => Update(match, request),
            EmulatorOperation.Stop => Stop(match),
            _ => List(match, request, version),
        };
    }

    private EmulatedResponse Create(RouteMatch match, EmulatedRequest request)
    {
        string id = match.SessionId!;
        if (!SessionIds.IsValid(id))
        {
            throw new BodyRefusedException("The session id must have 1 to 256 characters, each a letter, a digit, '-' or '_'.");
        }

        using RequestBody body = RequestBody.Read(request);
        int lease = LeaseRule.Check(LeaseMember, body.Int32(LeaseMember));
        SessionResult result = store.Create(match.AccountId, id, body.Size("size"), lease);
        return result.Answer switch
        {
            SessionAnswer.Created => Session(201, result.View, request),
            SessionAnswer.Ok => Session(200, result.View, request),
            _ => Refuse(409, "Conflict", result.View.Reading.IsEnded
                ? $"A session with the id '{id}' has existed; its id cannot be used again while it is remembered."
                : $"A session with the id '{id}' exists already, with other settings."),
        };
    }

    private EmulatedResponse Read(RouteMatch match, EmulatedRequest request)
    {
        SessionResult result = store.Read(match.AccountId, match.SessionId!);
        if (result.Answer == SessionAnswer.NotFound)
        {
            return NotFound(match);
        }

        EmulatedResponse response = Session(200, result.View, request);
        return responses.Shape == EmulatorBodyShape.KeysLeftOut ? ResponseFactory.Uncached(response) : response;
    }

    private EmulatedResponse Update(RouteMatch match, EmulatedRequest request)
    {
        using RequestBody body = RequestBody.Read(request);
        int lease = body.Int32(LeaseMember);
        int most = options.AllowFullDayUpdate ? LeaseRule.MaxMinutes : LeaseRule.MaxMinutes - 1;
        if (lease > most)
        {
            // The description of the update knows no 400.
            return store.Read(match.AccountId, match.SessionId!).Answer == SessionAnswer.NotFound
                ? NotFound(match)
                : Refuse(422, "UnprocessableEntity", $"The {LeaseMember} value must be at most {most}.");
        }

        SessionResult result = store.Extend(match.AccountId, match.SessionId!, lease, request.EffectAfter);
        return result.Answer switch
        {
            SessionAnswer.Ok => Session(200, result.View, request),
            SessionAnswer.NotFound => NotFound(match),
            SessionAnswer.LeaseEnded => Refuse(422, "UnprocessableEntity", $"The session is {result.View.State} and its lease cannot be extended."),
            _ => Refuse(422, "UnprocessableEntity", string.Create(
                CultureInfo.InvariantCulture, $"The {LeaseMember} value must be greater than the current value of {result.View.LeaseMinutes}.")),
        };
    }

    private EmulatedResponse Stop(RouteMatch match)
        => store.Stop(match.AccountId, match.SessionId!).Answer == SessionAnswer.NotFound ? NotFound(match) : responses.Success(ServiceGeneration.V2021, 204);

    private EmulatedResponse List(RouteMatch match, EmulatedRequest request, string version)
    {
        SessionListing page = store.List(match.AccountId, SkipToken.Read(QueryText.Value(match.Query, SkipToken.Name)), options.PageSize);
        string? next = page.Next is { } number
            ? $"{request.Scheme}://{request.Authority}/accounts/{match.AccountId:D}/sessions?api-version={version}&{SkipToken.Name}={SkipToken.Write(number)}"
            : null;
        ReadOnlyMemory<byte> body = ServiceJson.Write((page, next, request, responses.Shape), static (json, list) =>
        {
            json.WriteStartObject();
            json.WriteStartArray("sessions"u8);
            foreach (SessionView view in list.page.Sessions)
            {
                SessionWriter2021.Write(json, view, list.request, list.Shape);
            }

            json.WriteEndArray();
            if (list.next is not null)
            {
                json.WriteString("@nextLink"u8, list.next);
            }

            json.WriteEndObject();
        });
        return ResponseFactory.Uncached(responses.Success(ServiceGeneration.V2021, 200, body));
    }

    private EmulatedResponse Session(int status, SessionView view, EmulatedRequest request)
        => responses.Success(ServiceGeneration.V2021, status, ServiceJson.Write(
            (view, request, responses.Shape), static (json, session) => SessionWriter2021.Write(json, session.view, session.request, session.Shape)));

    private EmulatedResponse NotFound(RouteMatch match) => responses.NotFound(ServiceGeneration.V2021, $"The account has no session '{match.SessionId}'.");

    private EmulatedResponse Refuse(int status, string code, string message) => responses.RefuseWithBody(ServiceGeneration.V2021, status, code, message);
}
