/** Russian: a new version, a page that is not there, a store that does not open. */

const notices = {
	update: {
		ready: "Готова новая версия",
		apply: "Обновить",
		later: "Позже",
	},
	lost: {
		title: "Такой страницы нет",
		text: "Ссылка устарела или набрана с ошибкой.",
		home: "На главную",
	},
	noStore: {
		title: "Хранилище планшета не открылось",
		text: "Без него запись могла бы пропасть, поэтому журнал не открыт. Частный режим и заблокированное хранение данных сайта этому мешают: откройте журнал в обычном окне.",
	},
};

export type NoticeWords = typeof notices;
export default notices;
