using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline;

/// <summary>The result of an operation: a value, or an error of the catalogue. Each face of the operation presents it in its own way.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
internal readonly struct OperationResult<T>
    where T : notnull
{
    private OperationResult(T? value, ApiError? error) => (Value, Error) = (value, error);

    /// <summary>Gets the value, or the default if the operation failed.</summary>
    public T? Value { get; }

    /// <summary>Gets the error, or null if the operation succeeded.</summary>
    public ApiError? Error { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    public static implicit operator OperationResult<T>(T value) => new(value, null);

    public static implicit operator OperationResult<T>(ApiError error) => new(default, error);

    /// <summary>Returns the HTTP response: that of the value, or the error.</summary>
    public IResult ToResponse(Func<T, IResult> respond) => Succeeded ? respond(Value) : Error;
}
