/** The words of the operators' page, beside those that it shares with the chat. */
import { learn } from "../texts.js";
import en from "./texts/en.js";
import ptBr from "./texts/pt-br.js";

learn({ en, "pt-BR": ptBr });
