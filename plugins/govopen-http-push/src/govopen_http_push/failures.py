"""What can go wrong on the way, each under a fixed code: outbox and findings keep that, and no word of the server's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govopen.errors import DeliveryFailed
from govopen.texts import Message

__all__ = ["FAILURES", "NO_ANSWER", "REFUSALS", "failed"]

_LOG = Message("请查看服务器日志。", "Look into the server's log.")

FAILURES: Mapping[str, tuple[Message, Message]] = {
    "unreachable": (
        Message("无法连接服务器。", "The server cannot be reached."),
        Message("请检查 base_url、网络和防火墙。", "Look at base_url, the network and the firewall."),
    ),
    "tls": (
        Message("服务器的证书不受信任。", "The server's certificate is not trusted."),
        Message("请检查 base_url、ca_file 和证书有效期。", "Look at base_url, ca_file and the certificate's dates."),
    ),
    "connection-lost": (Message("服务器中断了连接。", "The server broke the connection off."), _LOG),
    "timeout": (
        Message("服务器未在规定时间内应答。", "The server did not answer in time."),
        Message("请查看服务器日志，或者调大选项 timeout。", "Look into the server's log, or raise the option timeout."),
    ),
    "server-error": (Message("服务器出错：状态码{status}。", "The server failed: status {status}."), _LOG),
    "redirected": (
        Message("服务器要求转往他处：状态码{status}。", "The server sends elsewhere: status {status}."),
        Message("重定向不予跟随，请更正 base_url。", "A redirect is not followed; mend base_url."),
    ),
    "unauthorised": (
        Message("服务器不认可签名：状态码{status}。", "The server does not take the signature: status {status}."),
        Message("双方须使用同一密钥。", "Both sides need the same secret."),
    ),
    "clock-differs": (
        Message("服务器与本机的时间不一致。", "The server's clock differs from this one's."),
        Message("请为双方设置同一时间服务器。", "Set both by the same time server."),
    ),
    "superseded": (
        Message("另有一次运行正在向同一网站发布。", "Another run publishes to the same site."),
        Message("将自动重试；请只保留一个定时任务。", "It is tried again; let one timer run at a time."),
    ),
    "batch-differs": (
        Message("服务器没有保存已发送的内容。", "The server has not kept what was sent."),
        Message("将重新发送。请查看服务器日志。", "It is sent anew. Look into the server's log."),
    ),
    "file-missing": (Message("服务器没有保存已发送的文件。", "The server has not kept a file that was sent."), _LOG),
    "too-large": (
        Message("服务器不接受这么大的内容。", "The server takes nothing of this size."),
        Message("请调大服务器及其代理允许的最大长度。", "Raise the largest size on the server and its proxies."),
    ),
    "refused": (
        Message("服务器拒绝：状态码{status}。", "The server refuses: status {status}."),
        Message("请检查 base_url，并查看服务器日志。", "Look at base_url and into the server's log."),
    ),
    "bad-answer": (
        Message("服务器的应答不符合协议。", "The server's answer is none of the protocol."),
        Message("请检查 base_url 以及中间的代理。", "Look at base_url, and at proxies in between."),
    ),
    "digest-differs": (
        Message(
            "服务器称其保存的内容与发送的内容不同。", "The server says that it holds something else than what was sent."
        ),
        Message("请查看其日志。", "Look into its log."),
    ),
}
"""By code: what happened, and what to do about it."""

NO_ANSWER = frozenset({"unreachable", "tls", "connection-lost", "timeout"})
"""The codes of those after which nobody knows whether the server has heard anything."""

REFUSALS: Mapping[str, str] = {
    "body-digest": "connection-lost",
    "clock": "clock-differs",
    "superseded": "superseded",
    "closed": "superseded",
    "batch-differs": "batch-differs",
    "file-missing": "file-missing",
}
"""From what a server says when it refuses to the code of the failure. Anything else it says is not repeated."""


def failed(code: str, **facts: Any) -> DeliveryFailed:
    """The failure of that code."""
    message, hint = FAILURES[code]
    return DeliveryFailed(message, code=code, hint=hint, **facts)
