using Azure.Core;
using Azure.Core.Pipeline;

namespace RemoteRendering.Sessions.Tests.Pipeline.Support;

/// <summary>A transport whose answers are a function of the number of the try, from 1.</summary>
internal sealed class FakeTransport(Func<int, FakeResponse> answer) : HttpPipelineTransport
{
    private readonly HttpClientTransport _requests = new();

    /// <summary>Gets the tries so far.</summary>
    public int Tries { get; private set; }

    /// <summary>Gets the value of the header Authorization of each try.</summary>
    public List<string?> Authorizations { get; } = [];

    public override Request CreateRequest() => _requests.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException();

    public override ValueTask ProcessAsync(HttpMessage message)
    {
        Tries++;
        Authorizations.Add(message.Request.Headers.TryGetValue("Authorization", out string? value) ? value : null);
        message.Response = answer(Tries);
        return default;
    }

    /// <summary>Makes a message of a pipeline that ends in this transport.</summary>
    public (HttpPipeline Pipeline, HttpMessage Message) Start(ResponseClassifier classifier, params HttpPipelinePolicy[] policies)
    {
        var pipeline = new HttpPipeline(this, policies);
        HttpMessage message = pipeline.CreateMessage();
        message.ResponseClassifier = classifier;
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(ScriptedService.Endpoint);
        return (pipeline, message);
    }
}
